-- How much of all that was recorded is here, by the preferred transcripts.
SELECT
    sum(duration_s) / 3600 AS hours,
    sum(transcribed_s) / nullif(sum(speech_s), 0) AS share_transcribed,
    sum(words_with_voice) / nullif(sum(words), 0) AS share_with_voice,
    sum(words_named) / nullif(sum(words), 0) AS share_named,
    sum(sentences_in_items) / nullif(sum(sentences), 0) AS share_in_items,
    (
        SELECT count(*) FROM store.meeting AS m WHERE m.meeting_id NOT IN (
            SELECT t.meeting_id FROM store.transcript AS t WHERE t.preferred AND t.words > 0
        )
    ) AS meetings_not_heard
FROM store.transcript WHERE preferred;
