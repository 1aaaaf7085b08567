SELECT
    m.meeting_id, m.council, m.committee, m.committee_code, m.date, m.title, m.recordings,
    m.transcripts, m.hours, m.sentences, m.findings,
    c.share_transcribed, c.share_named
FROM meetings AS m
LEFT JOIN (
    SELECT
        t.meeting_id,
        round(sum(t.transcribed_s) / nullif(sum(t.speech_s), 0), 4) AS share_transcribed,
        round(sum(t.words_named) / nullif(sum(t.words), 0), 4) AS share_named
    FROM store.transcript AS t
    WHERE t.preferred
    GROUP BY t.meeting_id
) AS c USING (meeting_id)
WHERE ($meeting = '' OR m.meeting_id = $meeting)
    AND (
        $committee = '' OR lower(m.committee) = lower($committee)
        OR lower(m.committee_code) = lower($committee)
    )
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE)
ORDER BY m.date, m.meeting_id;
