CREATE TEMP TABLE posting_heap AS FROM store.posting LIMIT 0;
