-- Every committee, with how much is held of it.
SELECT
    m.council, m.committee, any_value(m.committee_code) AS code,
    count(*) AS meetings, min(m.date) AS first, max(m.date) AS last,
    coalesce(sum(t.hours), 0) AS hours,
    sum(t.transcribed_s) / nullif(sum(t.speech_s), 0) AS share_transcribed,
    sum(t.words_named) / nullif(sum(t.words), 0) AS share_named,
    count(*) FILTER (WHERE t.words IS NULL OR t.words = 0) AS not_heard
FROM store.meeting AS m
LEFT JOIN (
    SELECT
        meeting_id, sum(duration_s) / 3600 AS hours, sum(transcribed_s) AS transcribed_s,
        sum(speech_s) AS speech_s, sum(words) AS words, sum(words_named) AS words_named
    FROM store.transcript WHERE preferred GROUP BY ALL
) AS t ON t.meeting_id = m.meeting_id
GROUP BY m.council, m.committee
ORDER BY m.council, m.committee;
