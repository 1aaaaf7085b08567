SELECT t.meeting_id, t.recording_sha256, c.start_s, c.end_s, s.text AS words
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid
JOIN store.sentence AS s ON s.tid = c.tid AND s.sentence_id = c.sentence_id
WHERE c.claim_id = $claim_id
ORDER BY t.preferred DESC
LIMIT 1;
