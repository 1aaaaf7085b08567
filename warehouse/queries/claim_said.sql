SELECT
    t.meeting_id, t.recording_sha256, c.start_s, c.end_s, c.quote AS words, c.status, m.date AS day
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
WHERE c.claim_id = $claim_id
ORDER BY t.preferred DESC
LIMIT 1;
