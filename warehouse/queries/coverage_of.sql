SELECT
    c.duration_s,
    c.share_transcribed,
    c.words,
    c.share_with_voice,
    c.share_named,
    c.share_in_items,
    c.gaps,
    t.source,
    t.engine,
    t.model,
    t.transcript_version,
    c.words_overlapped,
    c.words_without_voice,
    (
        SELECT list(concat(w.why, ' (', w.words, ')') ORDER BY w.words DESC, w.why)
        FROM (
            SELECT v.why, sum(v.words) AS words
            FROM voiceless AS v
            WHERE v.transcript_version = c.transcript_version
                AND v.meeting_id = c.meeting_id
            GROUP BY v.why
        ) AS w
    ) AS why_no_voice
FROM coverage AS c
JOIN transcripts AS t
    ON t.meeting_id = c.meeting_id AND t.transcript_version = c.transcript_version
    AND t.recording_sha256 = c.recording_sha256
WHERE c.meeting_id = $meeting_id AND c.preferred
ORDER BY c.recording_sha256
