DELETE FROM store.line;
