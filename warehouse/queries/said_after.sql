-- What was said under the same item after a concern of a transcript, and which of it is a concern.
SELECT s.sentence_id, s.utterance_id, s.speaker, s.person, s.text, s.start_s, s.link,
    EXISTS (
        SELECT 1 FROM store.found AS f
        WHERE f.meeting_id = s.meeting_id AND f.sentence_id = s.sentence_id AND f.preferred
            AND f.kind = 'concern' AND f.standing <> 'rejected by a person'
    ) AS worry
FROM sentences AS s
JOIN sentences AS x
    ON x.meeting_id = s.meeting_id AND x.transcript_version = s.transcript_version
    AND x.sentence_id = $sentence_id AND x.transcript_version = $transcript_version
WHERE s.item = x.item AND s.position > x.position AND s.position <= x.position + $reach
ORDER BY s.position;
