-- What else is known of sentences: the kinds of findings in them, the words spoken over others.
SELECT f.sid, string_agg(DISTINCT f.kind, ' ' ORDER BY f.kind) AS kinds, 0 AS overlapped
FROM store.finding AS f
LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
WHERE f.sid IN (SELECT unnest($sids::UINTEGER[])) AND coalesce(d.verdict, '') <> 'rejected'
GROUP BY f.sid
UNION ALL
SELECT sid, '', words FROM store.overlapped WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
