SELECT * FROM store.worries($nearby)
ORDER BY day, meeting_id, recording_sha256, start_s, finding_id;
