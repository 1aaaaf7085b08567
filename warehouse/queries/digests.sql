-- A hash of everything that a recommendation's life is folded from.
WITH days AS (
    SELECT council, committee, hash(list(day ORDER BY day)) AS met
    FROM store.meetings_heard() GROUP BY ALL
),
all_days AS (SELECT hash(list(met ORDER BY met)) AS met FROM days),
versions AS (
    SELECT hash(list(findings_version ORDER BY findings_version)) AS now
    FROM store.transcript WHERE preferred
),
parts AS (
    SELECT x.key, hash(x) AS part FROM store.made() AS x
    UNION ALL
    SELECT x.key, hash(x) FROM store.acts_of() AS x
    UNION ALL
    SELECT x.key, hash(x) FROM store.told() AS x
    UNION ALL
    SELECT x.key, hash(x) FROM store.minuted() AS x
    UNION ALL
    SELECT x.key, d.met FROM store.made() AS x
    JOIN days AS d ON d.council = x.council AND d.committee = x.committee
    UNION ALL
    SELECT n.key, hash(n.decision) FROM store.line AS n WHERE n.key <> ''
    UNION ALL
    SELECT r.key, hash(n.decision) FROM store.line AS n
    JOIN store.recommendation AS r ON r.finding_id = n.finding_id WHERE n.key = ''
    UNION ALL
    SELECT n.key, a.met FROM store.line AS n CROSS JOIN all_days AS a WHERE n.kind = 'entry'
    UNION ALL
    SELECT n.key, hash(c) FROM store.line AS n
    JOIN store.claims_told() AS c ON c.claim_id = n.claim_id WHERE n.kind = 'link'
    UNION ALL
    SELECT n.key, v.now FROM store.line AS n CROSS JOIN versions AS v
    WHERE n.kind = 'link'
        AND NOT EXISTS (FROM store.claim AS c WHERE c.claim_id = n.claim_id)
    UNION ALL
    SELECT n.key, hash(p) FROM store.line AS n
    JOIN store.minute_point AS p ON p.point_id = n.decision ->> 'point_id'
    WHERE n.kind = 'minuted'
    UNION ALL
    SELECT n.key, hash(d) FROM store.line AS n
    JOIN store.minute_point AS p ON p.point_id = n.decision ->> 'point_id'
    JOIN store.minutes AS d ON d.meeting_id = p.meeting_id AND d.version = p.version
    WHERE n.kind = 'minuted'
)
SELECT key, md5(string_agg(part::VARCHAR, ' ' ORDER BY part)) AS digest FROM parts GROUP BY key;
