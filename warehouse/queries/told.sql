SELECT * FROM store.told() WHERE $every OR list_contains($keys, key) ORDER BY key, claim_id;
