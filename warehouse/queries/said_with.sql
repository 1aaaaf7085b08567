-- The utterances of a meeting that hold these words as they are written, in order, with their place.
SELECT x.*
FROM (
    SELECT
        u.utterance_id, u.speaker, u.item, u.start_s, u.text, u.link, u.transcript_version,
        row_number() OVER (ORDER BY r.position, u.recording_sha256, u.position) - 1 AS place
    FROM utterances AS u
    LEFT JOIN (
        SELECT meeting_id, recording_sha256, min(position) AS position FROM recordings GROUP BY ALL
    ) AS r ON r.meeting_id = u.meeting_id AND r.recording_sha256 = u.recording_sha256
    WHERE u.meeting_id = $meeting_id AND u.preferred
) AS x
WHERE contains(strip_accents(lower(x.text)), strip_accents(lower($words)))
ORDER BY x.place
LIMIT $rows;
