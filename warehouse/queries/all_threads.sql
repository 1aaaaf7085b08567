SELECT * FROM store.thread ORDER BY position;
