-- A hash of everything that a linker would see.
WITH parts AS (
    SELECT hash(x) AS part FROM store.wanted() AS x
    UNION ALL
    SELECT hash(x) FROM store.spoken() AS x
    UNION ALL
    SELECT hash(x) FROM store.published() AS x
    UNION ALL
    -- of concerns only what a transcript's versions do not tell: their turns are many sentences
    SELECT hash(f.finding_id, f.tid, f.sid, v.name, coalesce(d.verdict, ''))
    FROM store.finding AS f
    JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
    JOIN store.voices AS v ON v.tid = f.tid AND v.voice = f.voice
    LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
    WHERE f.kind = 'concern'
    UNION ALL
    SELECT hash(
        m.meeting_id, m.council, m.committee, m.date, t.tid, t.version, t.findings_version,
        t.vectors_model_sha256
    )
    FROM store.transcript AS t
    JOIN store.meeting AS m ON m.meeting_id = t.meeting_id WHERE t.preferred
    UNION ALL
    SELECT hash(i.meeting_id, i.item, i.title) FROM store.item AS i
    UNION ALL
    SELECT hash(h.meeting_id, h.key, h.words, h.whole, h.alone) FROM store.hidden AS h
)
SELECT coalesce(md5(string_agg(part::VARCHAR, ' ' ORDER BY part)), '') AS digest FROM parts;
