SELECT f.sid, string_agg(DISTINCT f.kind, ' ' ORDER BY f.kind) AS kinds
FROM store.finding AS f
LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
WHERE f.sid IN (SELECT unnest($sids::UINTEGER[])) AND coalesce(d.verdict, '') <> 'rejected'
GROUP BY f.sid;
