SELECT DISTINCT key FROM store.entry;
