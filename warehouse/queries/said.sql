-- Sentences by number: id, words, and of those in $near the signed bytes of the vector, none where the
-- transcript was encoded otherwise than most of the archive ($usual): vectors of two models tell
-- nothing of one another.
SELECT s.sid, s.sentence_id, s.text,
    CASE WHEN concat_ws(' ', t.vectors_model_sha256, t.dimensions) = $usual THEN v.vector END
FROM store.sentence AS s
JOIN store.transcript AS t ON t.tid = s.tid
LEFT JOIN (
    SELECT sid, vector FROM store.vector WHERE sid IN (SELECT unnest($near::UINTEGER[]))
) AS v ON v.sid = s.sid
WHERE s.sid IN (SELECT unnest($sids::UINTEGER[]));
