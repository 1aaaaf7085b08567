SELECT coalesce(max(date), DATE '0001-01-01') AS day FROM store.meeting;
