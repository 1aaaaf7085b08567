-- The recordings of a meeting, or a recording in whichever meetings it is part of, in order, and
-- whether a part of each was held in private or redacted.
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
WHERE ($meeting_id = '' OR r.meeting_id = $meeting_id)
    AND ($recording_sha256 = '' OR r.recording_sha256 = $recording_sha256)
ORDER BY r.meeting_id, r.position;
