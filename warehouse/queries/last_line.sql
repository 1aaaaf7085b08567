SELECT coalesce(max(position), -1) AS position FROM store.line;
