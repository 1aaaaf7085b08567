SELECT line_id FROM store.line ORDER BY position;
