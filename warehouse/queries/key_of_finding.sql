SELECT min(key) FROM store.recommendation WHERE finding_id = $finding_id;
