SELECT DISTINCT coalesce(name, label) FROM store.voices ORDER BY ALL;
