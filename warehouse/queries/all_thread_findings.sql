SELECT * FROM store.thread_finding ORDER BY thread_id, position;
