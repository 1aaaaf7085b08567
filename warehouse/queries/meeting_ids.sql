SELECT meeting_id FROM meetings ORDER BY meeting_id;
