INSERT INTO store.migration VALUES ($number, $name);
