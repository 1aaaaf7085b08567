-- The sentences of a recording that touch a stretch of it, in their order.
SELECT s.sentence_id, s.speaker, s.text, s.start_s, s.end_s, s.link
FROM sentences AS s
WHERE s.meeting_id = $meeting_id AND s.recording_sha256 = $recording_sha256 AND s.preferred
    AND s.end_s > $from_s AND s.start_s < $to_s
ORDER BY s.start_s, s.position;
