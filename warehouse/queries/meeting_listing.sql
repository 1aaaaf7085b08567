SELECT
    m.meeting_id, m.council, m.committee, m.committee_code, m.date, m.title, m.recordings,
    m.transcripts, m.hours, m.sentences, m.findings
FROM meetings AS m
WHERE ($meeting = '' OR m.meeting_id = $meeting)
    AND (
        $committee = '' OR lower(m.committee) = lower($committee)
        OR lower(m.committee_code) = lower($committee)
    )
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE)
ORDER BY m.date, m.meeting_id;
