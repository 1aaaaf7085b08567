SELECT sid, uid, tf, place, tokens, tail
FROM store.posting WHERE term = $term::UBIGINT AND (preferred OR $all_versions)
UNION ALL
SELECT sid, uid, tf, place, tokens, tail
FROM store.posting_new WHERE term = $term::UBIGINT AND (preferred OR $all_versions);
