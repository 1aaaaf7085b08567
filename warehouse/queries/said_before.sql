-- What a sentence near the beginning of its turn answers: the last three sentences of the turn
-- before, by another voice. The few rows are fetched by number before anything is joined.
WITH near AS MATERIALIZED (
    SELECT * FROM store.sentence WHERE sid IN (
        SELECT DISTINCT s - b FROM (SELECT unnest($sids::UINTEGER[]) AS s), range(7) AS r(b) WHERE s > b
    )
),
pair AS (
    SELECT h.sid, b.sid AS said, b.uid, b.tid, b.voice, b.text
    FROM near AS h
    JOIN near AS b ON b.tid = h.tid AND b.uid = h.uid - 1 AND b.sid BETWEEN h.sid - 6 AND h.sid - 1
    WHERE h.sid IN (SELECT unnest($sids::UINTEGER[])) AND b.voice <> h.voice
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY sid ORDER BY said DESC) AS back FROM pair
)
SELECT r.sid, any_value(v.label) AS speaker, string_agg(r.text, ' ' ORDER BY r.said) AS text
FROM ranked AS r
JOIN store.voices AS v ON v.tid = r.tid AND v.voice = r.voice
WHERE r.back <= 3
GROUP BY r.sid;
