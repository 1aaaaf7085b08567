-- Each row is a thing that must never be, and how often it is.
SELECT 'two copies of a meeting' AS fault, count(*) - count(DISTINCT meeting_id) AS found FROM store.meeting
UNION ALL
SELECT 'a transcript of no meeting', count(*) FROM store.transcript AS t
WHERE NOT EXISTS (FROM store.meeting AS m WHERE m.meeting_id = t.meeting_id)
UNION ALL
SELECT 'two preferred transcripts of one recording', count(*) FROM (
    SELECT meeting_id, recording_sha256 FROM store.transcript WHERE preferred
    GROUP BY ALL HAVING count(*) > 1
)
UNION ALL
SELECT 'a sentence of no utterance', count(*) FROM store.sentence AS s
WHERE NOT EXISTS (FROM store.utterance AS u WHERE u.uid = s.uid AND u.tid = s.tid)
UNION ALL
SELECT 'an utterance of a voice that is not known', count(*) FROM store.utterance AS u
WHERE NOT EXISTS (FROM store.voice AS v WHERE v.tid = u.tid AND v.voice = u.voice)
UNION ALL
SELECT 'an utterance of no transcript', count(*) FROM store.utterance AS u
WHERE NOT EXISTS (FROM store.transcript AS t WHERE t.tid = u.tid)
UNION ALL
SELECT 'a searchable word of no sentence', count(*) FROM (
    SELECT sid FROM store.posting UNION ALL SELECT sid FROM store.posting_new
) AS p
WHERE NOT EXISTS (FROM store.sentence AS s WHERE s.sid = p.sid)
UNION ALL
SELECT 'a sentence that no word finds', count(*) FROM store.sentence AS s
WHERE s.tokens > 0
    AND NOT EXISTS (FROM store.posting AS p WHERE p.sid = s.sid)
    AND NOT EXISTS (FROM store.posting_new AS p WHERE p.sid = s.sid)
UNION ALL
SELECT 'a vector without its code, or a code without its vector', count(*) FROM store.vector AS v
FULL JOIN store.code AS c ON c.sid = v.sid WHERE c.sid IS NULL OR v.sid IS NULL
UNION ALL
SELECT 'a vector of no sentence', count(*) FROM store.vector AS v
WHERE NOT EXISTS (FROM store.sentence AS s WHERE s.sid = v.sid)
UNION ALL
SELECT 'a finding whose words are not in its sentence', count(*) FROM store.finding AS f
LEFT JOIN store.sentence AS s ON s.sid = f.sid AND s.tid = f.tid
WHERE s.sid IS NULL OR NOT contains(s.text, f.quote)
UNION ALL
SELECT 'a decision about a finding that is not there', count(*) FROM store.finding_decision AS d
WHERE NOT EXISTS (FROM store.finding AS f WHERE f.tid = d.tid AND f.finding_id = d.finding_id)
UNION ALL
SELECT 'a reference given twice in one transcript', count(*) FROM (
    SELECT tid, reference FROM store.reference GROUP BY ALL HAVING count(*) > 1
)
UNION ALL
SELECT 'an act of a motion whose words are not in its sentence', count(*) FROM store.act AS a
LEFT JOIN store.sentence AS s ON s.sid = a.sid AND s.tid = a.tid
WHERE s.sid IS NULL OR NOT contains(s.text, a.quote)
UNION ALL
SELECT 'a claim whose words are not in its sentence', count(*) FROM store.claim AS c
LEFT JOIN store.sentence AS s ON s.sid = c.sid AND s.tid = c.tid
WHERE s.sid IS NULL OR NOT contains(s.text, c.quote)
UNION ALL
SELECT 'a motion of no finding', count(*) FROM store.motion AS m
WHERE NOT EXISTS (FROM store.finding AS f WHERE f.tid = m.tid AND f.finding_id = m.finding_id)
UNION ALL
SELECT 'a link without one of its ends', count(*) FROM store.link AS k
WHERE NOT EXISTS (FROM store.claims_told() AS c WHERE c.claim_id = k.claim_id)
    OR NOT EXISTS (FROM store.recommendation AS r WHERE r.finding_id = k.finding_id)
UNION ALL
SELECT 'a recommendation that is not in the register', count(*) FROM store.recommendation AS r
WHERE NOT EXISTS (FROM store.entry AS e WHERE e.key = r.key);
