SELECT number, name FROM store.migration ORDER BY number;
