-- The meetings in which a voice was taken for a person, the newest first, and who says so.
SELECT
    m.meeting_id, m.committee, m.date, m.title,
    sum(u.utterances)::BIGINT AS utterances,
    bool_and(v.decided_by <> 'machine') AS by_person
FROM store.voices AS v
JOIN store.transcript AS t ON t.tid = v.tid AND t.preferred
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN (
    SELECT tid, voice, count(*) AS utterances FROM store.utterance GROUP BY ALL
) AS u ON u.tid = v.tid AND u.voice = v.voice
WHERE v.name = $name
GROUP BY ALL
ORDER BY m.date DESC, m.meeting_id;
