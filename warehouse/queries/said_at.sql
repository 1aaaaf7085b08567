-- The last utterance of a recording of a meeting that has begun by a second, else its first.
SELECT u.utterance_id, u.transcript_version
FROM utterances AS u
JOIN recordings AS r
    ON r.meeting_id = u.meeting_id AND r.recording_sha256 = u.recording_sha256
WHERE u.meeting_id = $meeting_id AND u.preferred AND r.position = $position
ORDER BY u.start_s <= $start_s DESC, CASE WHEN u.start_s <= $start_s THEN -u.start_s ELSE u.start_s END
LIMIT 1;
