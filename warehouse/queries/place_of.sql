-- The place of an utterance in the order of transcript.sql, from 0.
SELECT x.place FROM (
    SELECT
        u.utterance_id, u.transcript_version,
        row_number() OVER (ORDER BY r.position, u.recording_sha256, u.position) - 1 AS place
    FROM utterances AS u
    LEFT JOIN (
        SELECT meeting_id, recording_sha256, min(position) AS position FROM recordings GROUP BY ALL
    ) AS r ON r.meeting_id = u.meeting_id AND r.recording_sha256 = u.recording_sha256
    WHERE u.meeting_id = $meeting_id AND u.preferred
) AS x
WHERE x.utterance_id = $utterance_id
    AND ($transcript_version = '' OR x.transcript_version = $transcript_version)
ORDER BY x.place
LIMIT 1;
