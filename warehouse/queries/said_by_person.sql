-- What a person said, the newest meeting first, within a meeting in the order said.
SELECT
    u.meeting_id, u.committee, u.date, u.utterance_id, u.transcript_version, u.speaker, u.item,
    coalesce(i.title, '') AS item_title, u.start_s, u.text, u.link
FROM utterances AS u
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = u.meeting_id AND i.item = u.item
WHERE u.person = $name AND u.preferred
ORDER BY u.date DESC, u.meeting_id, u.recording_sha256, u.position
LIMIT $rows OFFSET $skipped;
