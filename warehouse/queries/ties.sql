SELECT key, others FROM store.line WHERE len(others) > 0 ORDER BY position;
