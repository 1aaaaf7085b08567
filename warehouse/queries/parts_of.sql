-- In what parts of the archive sentences stand, and how many in each.
WITH x AS MATERIALIZED (
    SELECT sid, tid, voice FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]))
),
y AS MATERIALIZED (SELECT tid, voice, count(*) AS sentences FROM x GROUP BY ALL)
SELECT 'committee', m.committee, CAST(sum(y.sentences) AS BIGINT)
FROM y
JOIN store.transcript AS t ON t.tid = y.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
GROUP BY m.committee
UNION ALL
SELECT 'year', CAST(year(m.date) AS VARCHAR), CAST(sum(y.sentences) AS BIGINT)
FROM y
JOIN store.transcript AS t ON t.tid = y.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
GROUP BY year(m.date)
UNION ALL
SELECT 'speaker', v.name, CAST(sum(y.sentences) AS BIGINT)
FROM y
JOIN store.voices AS v ON v.tid = y.tid AND v.voice = y.voice
WHERE v.name IS NOT NULL
GROUP BY v.name
UNION ALL
SELECT 'kind', f.kind, count(DISTINCT f.sid)
FROM store.finding AS f
LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
WHERE f.sid IN (SELECT x.sid FROM x) AND coalesce(d.verdict, '') <> 'rejected'
GROUP BY f.kind;
