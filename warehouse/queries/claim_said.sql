SELECT * EXCLUDE (preferred) FROM (
    SELECT
        t.meeting_id, t.recording_sha256, c.start_s, c.end_s, c.quote AS words, c.status,
        m.date AS day, t.preferred, '' AS url, '' AS accessed
    FROM store.claim AS c
    JOIN store.transcript AS t ON t.tid = c.tid
    JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
    WHERE c.claim_id = $claim_id
    UNION ALL
    SELECT p.meeting_id, '', NULL, NULL, p.text, p.answer, p.day, true, p.link, p.accessed
    FROM store.published() AS p
    WHERE p.point_id = $claim_id
)
ORDER BY preferred DESC
LIMIT 1;
