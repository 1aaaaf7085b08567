SELECT 1 FROM store.meeting WHERE meeting_id = $value LIMIT 1;
