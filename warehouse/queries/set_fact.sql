DELETE FROM store.fact WHERE name = $name;
INSERT INTO store.fact VALUES ($name, $value);
