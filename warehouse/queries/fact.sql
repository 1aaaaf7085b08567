SELECT max(value) AS value FROM store.fact WHERE name = $name;
