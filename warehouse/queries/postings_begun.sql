-- The sentences with a word that begins so. A posting of which the word is not known (form 0) counts
-- for every word of its stem.
WITH posted AS (
    SELECT term, sid, uid, tf, place, tokens, tail, form FROM store.posting
    WHERE preferred OR $all_versions
    UNION ALL
    SELECT term, sid, uid, tf, place, tokens, tail, form FROM store.posting_new
    WHERE preferred OR $all_versions
)
SELECT
    sid, any_value(uid) AS uid, least(sum(tf), 255)::UTINYINT AS tf, min(place) AS place,
    any_value(tokens) AS tokens, any_value(tail) AS tail
FROM posted
JOIN store.word AS w USING (term)
WHERE starts_with(w.word, $beginning) AND (posted.form = w.form OR posted.form = 0)
GROUP BY sid
ORDER BY sid;
