SELECT s.sentence_id, s.speaker, s.text, s.start_s, s.link
FROM sentences AS s
JOIN sentences AS x
    ON x.meeting_id = s.meeting_id AND x.transcript_version = s.transcript_version
    AND x.sentence_id = $sentence_id AND x.transcript_version = $transcript_version
WHERE s.position BETWEEN x.position - $before AND x.position + $after
ORDER BY s.position
