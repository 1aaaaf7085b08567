-- Later meetings of these committees of a council, with how much of each was heard.
SELECT
    h.meeting_id, h.committee, h.day,
    round(sum(t.transcribed_s) / nullif(sum(t.speech_s), 0), 4) AS share_transcribed,
    sum(t.sentences)::BIGINT AS sentences
FROM store.meetings_heard() AS h
JOIN store.transcript AS t ON t.meeting_id = h.meeting_id AND t.preferred
WHERE h.council = $council AND list_contains($committees, h.committee) AND h.day > $day::DATE
GROUP BY ALL
ORDER BY h.day, h.meeting_id;
