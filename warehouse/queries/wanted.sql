SELECT * FROM store.wanted() ORDER BY day, meeting_id, recording_sha256, start_s, finding_id;
