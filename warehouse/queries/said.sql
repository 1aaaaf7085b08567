-- Sentences by number: id, words, and of those in $near the signed bytes of the vector, none where the
-- transcript was encoded otherwise than most of the archive: vectors of two models tell nothing of
-- one another.
WITH usual AS (
    SELECT vectors_model_sha256, dimensions FROM store.transcript
    WHERE preferred AND dimensions > 0
    GROUP BY ALL ORDER BY sum(sentences) DESC, vectors_model_sha256, dimensions LIMIT 1
)
SELECT s.sid, s.sentence_id, s.text, CASE WHEN u.dimensions IS NOT NULL THEN v.vector END AS vector
FROM store.sentence AS s
JOIN store.transcript AS t ON t.tid = s.tid
LEFT JOIN usual AS u
    ON u.vectors_model_sha256 = t.vectors_model_sha256 AND u.dimensions = t.dimensions
LEFT JOIN store.vector AS v
    ON v.sid = s.sid AND v.sid IN (SELECT unnest($near::UINTEGER[]))
WHERE s.sid IN (SELECT unnest($sids::UINTEGER[]));
