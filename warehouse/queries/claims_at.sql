-- The claims of a recording that share seconds with a stretch of it, most first.
SELECT c.claim_id
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid AND t.preferred
WHERE t.recording_sha256 = $recording_sha256
    AND least(c.end_s, $end_s::DOUBLE) - greatest(c.start_s, $start_s::DOUBLE) > 0
ORDER BY least(c.end_s, $end_s::DOUBLE) - greatest(c.start_s, $start_s::DOUBLE) DESC, c.claim_id
LIMIT 1;
