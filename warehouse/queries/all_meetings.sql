SELECT DISTINCT meeting_id FROM store.meeting ORDER BY ALL;
