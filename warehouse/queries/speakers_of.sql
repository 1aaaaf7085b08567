SELECT
    s.voice,
    s.speaker,
    s.person,
    s.kind,
    s.words,
    round(s.words / nullif(sum(s.words) OVER (), 0), 4) AS share,
    s.margin,
    s.decided_by,
    (
        SELECT list(r.rule || ': “' || r.quote || '”' ORDER BY r.weight DESC, r.position)
        FROM speaker_reasons AS r
        WHERE r.meeting_id = s.meeting_id AND r.transcript_version = s.transcript_version
            AND r.voice = s.voice
    ) AS reasons,
    s.transcript_version,
    s.recording_sha256
FROM speakers AS s
WHERE s.meeting_id = $meeting_id AND s.preferred
-- by the alphabet, those without a name after the others and by their number: nobody is ranked
ORDER BY
    s.person IS NULL,
    regexp_replace(s.speaker, ' \d+$', ''),
    try_cast(regexp_extract(s.speaker, ' (\d+)$', 1) AS INTEGER),
    s.voice
