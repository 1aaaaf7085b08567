SELECT n.position, n.decision, r.key AS found
FROM store.line AS n
LEFT JOIN (
    SELECT finding_id, min(key) AS key FROM store.recommendation GROUP BY ALL
) AS r ON n.key = '' AND r.finding_id = n.finding_id
WHERE $every OR list_contains($keys, coalesce(nullif(n.key, ''), r.key))
ORDER BY n.position;
