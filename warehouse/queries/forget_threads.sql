DELETE FROM store.thread;
DELETE FROM store.thread_finding;
