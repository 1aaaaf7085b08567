DELETE FROM store.line WHERE list_contains($line_ids, line_id);
