-- Links by likeness on which nobody has decided, in the order in which they were said.
SELECT
    x.key, x.claim_id, x.reference, e.text_spoken, e.text_minuted, x.quote, x.who, x.day,
    x.meeting_id, x.link, x.status, x.score, x.reasons
FROM store.told() AS x
JOIN (SELECT * FROM store.entry WHERE valid_until IS NULL) AS e ON e.key = x.key
WHERE x.standing = 'proposed'
    AND NOT EXISTS (
        FROM store.line AS n
        WHERE n.kind = 'link' AND n.key = x.key AND n.claim_id = x.claim_id
            AND n.verdict IN ('accepted', 'rejected')
    )
ORDER BY x.day, x.meeting_id, x.start_s, x.claim_id, x.score DESC, x.key;
