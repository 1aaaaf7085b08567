-- A hash of everything that tells threads: of concerns only what a transcript's versions do not tell,
-- for their turns are many sentences.
WITH parts AS (
    SELECT hash(f.finding_id, t.version, v.name, coalesce(d.verdict, '')) AS part
    FROM store.finding AS f
    JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
    JOIN store.voices AS v ON v.tid = f.tid AND v.voice = f.voice
    LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
    WHERE f.kind = 'concern'
    UNION ALL
    SELECT hash(
        m.meeting_id, m.council, m.date, t.version, t.findings_version, t.vectors_model_sha256
    )
    FROM store.transcript AS t
    JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
    WHERE t.preferred AND EXISTS (
        FROM store.finding AS f WHERE f.tid = t.tid AND f.kind = 'concern'
    )
    UNION ALL
    SELECT hash(i.meeting_id, i.item, i.title) FROM store.item AS i
    UNION ALL
    SELECT hash(h.meeting_id, h.key, h.words, h.whole, h.alone) FROM store.hidden AS h
)
SELECT coalesce(md5(string_agg(part::VARCHAR, ' ' ORDER BY part)), '') AS digest FROM parts;
