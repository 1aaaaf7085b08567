SELECT * FROM store.minuted() WHERE $every OR list_contains($keys, key)
ORDER BY key, approved, point_id;
