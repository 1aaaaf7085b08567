SELECT n.line_id, coalesce(nullif(n.key, ''), r.key) AS key, n.others
FROM store.line AS n
LEFT JOIN (
    SELECT finding_id, min(key) AS key FROM store.recommendation GROUP BY ALL
) AS r ON r.finding_id = n.finding_id
WHERE list_contains($line_ids, n.line_id);
