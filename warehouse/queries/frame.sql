-- Every utterance that is searched, with the lengths that BM25 weighs against.
SELECT u.uid, u.tid, u.tokens, u.tokens_exchange
FROM store.utterance AS u
JOIN store.transcript AS t ON t.tid = u.tid
WHERE t.preferred OR $all_versions
ORDER BY u.uid;
