-- The sentences that the filters leave. A speaker is found by label or name, or a part of it that
-- begins and ends with a word.
SELECT s.sid
FROM store.sentence AS s
JOIN store.transcript AS t ON t.tid = s.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
WHERE (t.preferred OR $all_versions)
    AND ($meeting = '' OR m.meeting_id = $meeting)
    AND ($committee = '' OR lower(m.committee) = lower($committee) OR lower(m.committee_code) = lower($committee))
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE)
    AND ($item = '' OR s.item = $item)
    AND ($kind = '' OR s.sid IN (
        SELECT f.sid FROM store.finding AS f
        LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
        WHERE f.kind = $kind AND coalesce(d.verdict, '') <> 'rejected'
    ))
    AND ($speaker = '' OR (s.tid, s.voice) IN (
        SELECT (v.tid, v.voice) FROM store.voices AS v
        WHERE contains(
            ' ' || strip_accents(lower(concat_ws(' ', v.label, v.name))) || ' ',
            ' ' || strip_accents(lower(trim($speaker))) || ' '
        )
    ));
