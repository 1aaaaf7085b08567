-- What the preferred transcripts have now where an utterance of an older one began.
SELECT u.utterance_id, u.transcript_version
FROM utterances AS u
WHERE u.meeting_id = $meeting_id AND u.preferred AND starts_with(u.recording_sha256, $recording)
    AND u.start_s <= $start_s + 0.5 AND u.end_s > $start_s
ORDER BY u.start_s DESC
LIMIT 1;
