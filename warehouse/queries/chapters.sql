-- Where each item of the agenda is taken up: the first utterance of every stretch under one item.
SELECT s.item, coalesce(i.title, '') AS title, s.place, s.utterance_id, s.transcript_version,
    s.start_s, s.link
FROM (
    SELECT
        x.*, lag(x.item, 1, '') OVER (ORDER BY x.place) AS item_before
    FROM (
        SELECT
            u.item, u.utterance_id, u.transcript_version, u.start_s, u.link,
            row_number() OVER (ORDER BY r.position, u.recording_sha256, u.position) - 1 AS place
        FROM utterances AS u
        LEFT JOIN (
            SELECT meeting_id, recording_sha256, min(position) AS position
            FROM recordings GROUP BY ALL
        ) AS r ON r.meeting_id = u.meeting_id AND r.recording_sha256 = u.recording_sha256
        WHERE u.meeting_id = $meeting_id AND u.preferred
    ) AS x
) AS s
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = $meeting_id AND i.item = s.item
WHERE s.item <> '' AND s.item <> s.item_before
ORDER BY s.place;
