-- Where a recording lay when it was processed, in whichever meetings it is part of.
SELECT
    r.path,
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
WHERE r.recording_sha256 = $recording_sha256 AND r.path <> ''
ORDER BY r.meeting_id, r.position
LIMIT 1;
