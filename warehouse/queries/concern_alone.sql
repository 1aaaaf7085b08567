SELECT a.finding_id IS NOT NULL AS answered, f.* EXCLUDE (preferred)
FROM store.found AS f
LEFT JOIN store.answered() AS a ON a.finding_id = f.finding_id
WHERE f.finding_id = $finding_id AND f.kind = 'concern' AND f.preferred
    AND f.standing <> 'rejected by a person'
LIMIT 1;
