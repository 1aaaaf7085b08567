SELECT n.line_id, n.key, n.others FROM store.line AS n
WHERE n.key <> '' AND list_contains($line_ids, n.line_id)
UNION ALL
SELECT n.line_id, coalesce(r.key, ''), n.others
FROM store.line AS n
LEFT JOIN (
    SELECT finding_id, min(key) AS key FROM store.recommendation GROUP BY ALL
) AS r ON r.finding_id = n.finding_id
WHERE n.key = '' AND list_contains($line_ids, n.line_id);
