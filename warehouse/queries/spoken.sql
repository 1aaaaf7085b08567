SELECT * FROM store.spoken() ORDER BY day, meeting_id, recording_sha256, start_s, claim_id;
