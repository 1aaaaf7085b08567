SELECT tid FROM store.transcript ORDER BY tid;
