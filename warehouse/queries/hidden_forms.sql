SELECT DISTINCT key, words, whole, alone FROM store.hidden ORDER BY ALL;
