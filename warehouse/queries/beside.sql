-- What the same voice said without a break before and after a sentence.
WITH x AS MATERIALIZED (
    SELECT sid, uid FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]))
)
SELECT x.sid, coalesce(b.text, '') AS before, coalesce(a.text, '') AS after
FROM x
LEFT JOIN (
    SELECT sid, uid, text FROM store.sentence WHERE sid IN (SELECT sid - 1 FROM x)
) AS b ON b.sid = x.sid - 1 AND b.uid = x.uid
LEFT JOIN (
    SELECT sid, uid, text FROM store.sentence WHERE sid IN (SELECT sid + 1 FROM x)
) AS a ON a.sid = x.sid + 1 AND a.uid = x.uid;
