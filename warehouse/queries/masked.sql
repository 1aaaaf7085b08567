SELECT meeting_id, name_key, met FROM store.masked;
