SELECT speaker, text, start_s, link
FROM utterances
WHERE meeting_id = $meeting_id AND preferred
ORDER BY start_s, utterance_id
LIMIT $k
