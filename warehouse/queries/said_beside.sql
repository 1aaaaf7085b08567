-- The utterances next to one, by the same transcript.
SELECT u.position, u.speaker, u.text, u.start_s, u.link, u.utterance_id, u.transcript_version
FROM utterances AS u
WHERE u.meeting_id = $meeting_id AND u.transcript_version = $version
    AND u.position IN ($position - 1, $position + 1)
ORDER BY u.position;
