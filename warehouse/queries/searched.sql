-- What part of the archive an answer speaks for: the meetings that the filters leave, and the
-- sentences of the speaker, item or kind within them that were asked for.
WITH held AS (
    SELECT t.tid, t.meeting_id, m.date, t.duration_s, t.speech_s, t.transcribed_s
    FROM store.transcript AS t
    JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
    WHERE (t.preferred OR $all_versions)
        AND ($meeting = '' OR m.meeting_id = $meeting)
        AND ($committee = '' OR lower(m.committee) = lower($committee) OR lower(m.committee_code) = lower($committee))
        AND ($first::DATE IS NULL OR m.date >= $first::DATE)
        AND ($last::DATE IS NULL OR m.date <= $last::DATE)
)
SELECT
    count(DISTINCT held.meeting_id) AS meetings,
    (
        SELECT count(*) FROM store.sentence AS s
        WHERE s.tid IN (SELECT tid FROM held)
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
            ))
    ) AS sentences,
    round(coalesce(sum(held.duration_s), 0) / 3600, 2) AS hours,
    round(sum(held.transcribed_s) / nullif(sum(held.speech_s), 0), 4) AS share_transcribed,
    min(held.date) AS first,
    max(held.date) AS last
FROM held;
