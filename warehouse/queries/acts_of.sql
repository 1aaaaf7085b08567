SELECT * FROM store.acts_of() WHERE $every OR list_contains($keys, key)
ORDER BY key, motion_id, position;
