-- A hash of everything that a linker would see.
WITH parts AS (
    SELECT hash(x) AS part FROM store.wanted() AS x
    UNION ALL
    SELECT hash(x) FROM store.spoken() AS x
    UNION ALL
    SELECT hash(x) FROM store.worries() AS x
    UNION ALL
    SELECT hash(t.version, t.findings_version, t.vectors_model_sha256)
    FROM store.transcript AS t WHERE t.preferred
    UNION ALL
    SELECT hash(h.meeting_id, h.key, h.words, h.whole, h.alone) FROM store.hidden AS h
)
SELECT coalesce(md5(string_agg(part::VARCHAR, ' ' ORDER BY part)), '') AS digest FROM parts;
