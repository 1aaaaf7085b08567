-- By meeting, in the order in which they took place, a hash of what a linker would see of it.
WITH parts AS (
    SELECT x.meeting_id, hash(x) AS part FROM store.wanted() AS x
    UNION ALL
    SELECT x.meeting_id, hash(x) FROM store.spoken() AS x
    UNION ALL
    SELECT x.meeting_id, hash(x) FROM store.published() AS x
    UNION ALL
    SELECT t.meeting_id, hash(t.tid, t.version, t.findings_version, t.vectors_model_sha256)
    FROM store.transcript AS t WHERE t.preferred
    UNION ALL
    SELECT i.meeting_id, hash(i.item, i.title) FROM store.item AS i
    UNION ALL
    SELECT h.meeting_id, hash(h.key, h.words, h.whole, h.alone) FROM store.hidden AS h
)
SELECT
    m.council, m.date AS day, m.meeting_id,
    md5(concat_ws(' ', m.committee, string_agg(p.part::VARCHAR, ' ' ORDER BY p.part))) AS part
FROM store.meeting AS m
LEFT JOIN parts AS p ON p.meeting_id = m.meeting_id
GROUP BY m.council, m.date, m.meeting_id, m.committee
ORDER BY m.council, m.date, m.meeting_id;
