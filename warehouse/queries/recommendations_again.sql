-- Which findings are one recommendation, and what it is called. A reference once given stays: a
-- finding that has one of its own is never taken into another's.
DELETE FROM store.recommendation;
INSERT INTO store.recommendation
WITH part AS (
    SELECT m.tid, m.motion_id, m.finding_id AS main, unnest(m.finding_ids) AS finding_id
    FROM store.motion AS m
    JOIN store.transcript AS t ON t.tid = m.tid AND t.preferred
),
named AS (
    SELECT
        p.tid,
        p.motion_id,
        coalesce(
            max(r.reference) FILTER (WHERE p.finding_id = p.main), min(r.reference), ''
        ) AS reference
    FROM part AS p
    LEFT JOIN store.reference AS r ON r.tid = p.tid AND r.finding_id = p.finding_id
    GROUP BY ALL
),
taken AS (
    SELECT p.*, n.reference
    FROM part AS p
    JOIN named AS n ON n.tid = p.tid AND n.motion_id = p.motion_id
    LEFT JOIN store.reference AS r ON r.tid = p.tid AND r.finding_id = p.finding_id
    WHERE p.finding_id = p.main OR coalesce(r.reference, n.reference) = n.reference
    QUALIFY row_number() OVER (
        PARTITION BY p.tid, p.finding_id ORDER BY p.finding_id = p.main DESC, p.motion_id
    ) = 1
),
rejected AS (
    SELECT tid, finding_id FROM store.finding_decision WHERE verdict = 'rejected'
),
alone AS (
    SELECT f.tid, f.finding_id, coalesce(r.reference, '') AS reference
    FROM store.finding AS f
    JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
    LEFT JOIN store.reference AS r ON r.tid = f.tid AND r.finding_id = f.finding_id
    WHERE f.kind = 'recommendation'
        AND NOT EXISTS (FROM taken AS x WHERE x.tid = f.tid AND x.finding_id = f.finding_id)
)
SELECT
    x.tid, x.finding_id, x.finding_id = x.main, x.motion_id,
    coalesce(nullif(lower(x.reference), ''), x.main), x.reference
FROM taken AS x
WHERE NOT EXISTS (FROM rejected AS d WHERE d.tid = x.tid AND d.finding_id = x.main)
UNION ALL
SELECT
    a.tid, a.finding_id, true, '', coalesce(nullif(lower(a.reference), ''), a.finding_id),
    a.reference
FROM alone AS a
WHERE NOT EXISTS (FROM rejected AS d WHERE d.tid = a.tid AND d.finding_id = a.finding_id);
