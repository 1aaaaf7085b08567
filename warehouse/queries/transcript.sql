-- What was said in a meeting, recording after recording, from its preferred transcripts.
SELECT
    u.utterance_id, u.voice, u.speaker, u.item, u.start_s, u.end_s, u.text, u.heard, u.link,
    u.transcript_version, u.words, u.words_overlapped, u.overlapped, u.why_no_voice,
    u.recording_sha256
FROM utterances AS u
LEFT JOIN (
    SELECT meeting_id, recording_sha256, min(position) AS position FROM recordings GROUP BY ALL
) AS r ON r.meeting_id = u.meeting_id AND r.recording_sha256 = u.recording_sha256
WHERE u.meeting_id = $meeting_id AND u.preferred
ORDER BY r.position, u.recording_sha256, u.position
LIMIT $rows OFFSET $skipped;
