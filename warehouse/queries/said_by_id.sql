-- One utterance of a meeting, also of a transcript that is not preferred; $version may be cut short.
SELECT
    u.utterance_id, u.voice, u.speaker, u.person, u.item, u.start_s, u.end_s, u.text, u.heard, u.link,
    u.transcript_version, u.recording_sha256, u.position, u.words, u.words_overlapped, u.overlapped,
    u.meeting_id, u.committee, u.date,
    coalesce(i.title, '') AS item_title,
    s.decided_by = 'machine' AS machine_made
FROM utterances AS u
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = u.meeting_id AND i.item = u.item
LEFT JOIN speakers AS s
    ON s.meeting_id = u.meeting_id AND s.transcript_version = u.transcript_version
    AND s.voice = u.voice
WHERE u.meeting_id = $meeting_id AND u.utterance_id = $utterance_id
    AND starts_with(u.transcript_version, $version)
ORDER BY u.preferred DESC, u.transcript_version
LIMIT 1;
