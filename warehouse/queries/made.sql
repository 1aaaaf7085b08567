SELECT * FROM store.made() WHERE $every OR list_contains($keys, key) ORDER BY key, day, finding_id;
