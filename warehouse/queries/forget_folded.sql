DELETE FROM store.folded WHERE list_contains($keys, key);
DELETE FROM store.entry WHERE list_contains($keys, key);
DELETE FROM store.event WHERE list_contains($keys, key);
