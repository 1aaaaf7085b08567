-- How long each voice of each transcript speaks within what the filters leave, in hours, and what
-- kind of speaker it is; the number of a voice is that of voices_of_utterances.sql. The names of roles are in trends.py; a hidden name has no place on the
-- roster here, so it cannot be told by its role.
SELECT
    s.tid::BIGINT * 65536 + any_value(v.position) AS voice,
    t.meeting_id,
    sum(s.end_s - s.start_s) / 3600 AS hours,
    any_value(
        CASE
            WHEN v.name IS NULL THEN v.kind
            WHEN v.name = m.chair OR p.chair THEN 'chair'
            ELSE coalesce(p.kind, 'named')
        END
    ) AS role
FROM store.sentence AS s
JOIN store.transcript AS t ON t.tid = s.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.voices AS v ON v.tid = s.tid AND v.voice = s.voice
LEFT JOIN (
    SELECT
        meeting_id, name, min(kind) AS kind,
        bool_or(regexp_matches(lower(role), '^(the )?chair(man|woman|person)?$')) AS chair
    FROM store.person WHERE name IS NOT NULL GROUP BY ALL
) AS p ON p.meeting_id = t.meeting_id AND p.name = v.name
WHERE (t.preferred OR $all_versions)
    AND ($meeting = '' OR m.meeting_id = $meeting)
    AND (
        $committee = '' OR lower(m.committee) = lower($committee)
        OR lower(m.committee_code) = lower($committee)
    )
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE)
    AND ($item = '' OR s.item = $item)
    AND ($kind = '' OR s.sid IN (
        SELECT f.sid FROM store.finding AS f
        LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
        WHERE f.kind = $kind AND coalesce(d.verdict, '') <> 'rejected'
    ))
    AND ($speaker = '' OR contains(
        ' ' || strip_accents(lower(concat_ws(' ', v.label, v.name))) || ' ',
        ' ' || strip_accents(lower(trim($speaker))) || ' '
    ))
GROUP BY s.tid, s.voice, t.meeting_id
ORDER BY 1;
