-- What a data set speaks for, over preferred transcripts.
SELECT
    (SELECT count(*) FROM meetings) AS meetings,
    (SELECT list(DISTINCT council ORDER BY council) FROM meetings) AS councils,
    (SELECT list(DISTINCT committee ORDER BY committee) FROM meetings) AS committees,
    (SELECT min(date)::VARCHAR FROM meetings) AS first,
    (SELECT max(date)::VARCHAR FROM meetings) AS last,
    count(*) AS transcripts,
    round(coalesce(sum(duration_s), 0) / 3600, 2) AS hours,
    coalesce(sum(words), 0)::BIGINT AS words,
    coalesce(sum(sentences), 0)::BIGINT AS sentences,
    round(sum(transcribed_s) / nullif(sum(speech_s), 0), 4) AS share_transcribed,
    round(sum(share_with_voice * words) / nullif(sum(words), 0), 4) AS share_with_voice,
    round(sum(share_named * words) / nullif(sum(words), 0), 4) AS share_named,
    round(sum(share_in_items * sentences) / nullif(sum(sentences), 0), 4) AS share_in_items,
    coalesce(sum(gaps), 0)::BIGINT AS gaps
FROM coverage
WHERE preferred;
