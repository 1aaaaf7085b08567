SELECT DISTINCT reference FROM store.reference ORDER BY reference;
