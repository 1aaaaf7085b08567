SELECT DISTINCT f.sid FROM store.finding AS f
LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
WHERE f.kind = $kind AND coalesce(d.verdict, '') <> 'rejected';
