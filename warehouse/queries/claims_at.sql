-- The claims of a recording in and near a stretch of it, each with the words of its sentence.
SELECT c.claim_id, c.start_s, c.end_s, s.text
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid AND t.preferred
JOIN store.sentence AS s ON s.sid = c.sid
WHERE t.recording_sha256 = $recording_sha256
    AND c.end_s > $start_s::DOUBLE - $apart_s::DOUBLE
    AND c.start_s < $end_s::DOUBLE + $apart_s::DOUBLE
ORDER BY c.start_s, c.claim_id;
