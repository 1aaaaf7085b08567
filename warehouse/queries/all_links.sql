SELECT * FROM store.link ORDER BY position;
