SELECT count(*) FROM store.code;
