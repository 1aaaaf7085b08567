DELETE FROM store.link;
