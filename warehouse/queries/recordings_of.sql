-- The recordings of a meeting, in order, and whether a part of each was held in private.
SELECT
    r.position, r.recording_sha256, r.path,
    EXISTS (
        SELECT 1 FROM gaps AS g
        WHERE g.recording_sha256 = r.recording_sha256 AND starts_with(g.why, $closed)
    ) OR EXISTS (
        SELECT 1 FROM items AS i
        JOIN recordings AS o ON o.meeting_id = i.meeting_id
        WHERE o.recording_sha256 = r.recording_sha256 AND i.restricted
    ) AS closed,
    EXISTS (
        SELECT 1 FROM gaps AS g
        WHERE g.recording_sha256 = r.recording_sha256 AND g.why = $redacted
    ) AS redacted
FROM recordings AS r
WHERE r.meeting_id = $meeting_id
ORDER BY r.position;
