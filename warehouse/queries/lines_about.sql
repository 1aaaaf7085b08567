SELECT n.position, n.decision, '' AS found
FROM store.line AS n
WHERE n.key <> '' AND ($every OR list_contains($keys, n.key))
UNION ALL
SELECT n.position, n.decision, r.key
FROM store.line AS n
JOIN (
    SELECT finding_id, min(key) AS key FROM store.recommendation GROUP BY ALL
) AS r ON r.finding_id = n.finding_id
WHERE n.key = '' AND ($every OR list_contains($keys, r.key))
ORDER BY position;
