-- The transcripts that filters of whole meetings leave, with where their sentences lie.
SELECT t.first_sid, t.sentences
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
WHERE (t.preferred OR $all_versions)
    AND ($meeting = '' OR m.meeting_id = $meeting)
    AND ($committee = '' OR lower(m.committee) = lower($committee) OR lower(m.committee_code) = lower($committee))
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE);
