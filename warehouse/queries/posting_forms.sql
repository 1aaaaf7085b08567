SELECT sid, uid, tf, place, form
FROM store.posting WHERE term = $term::UBIGINT AND (preferred OR $all_versions)
UNION ALL
SELECT sid, uid, tf, place, form
FROM store.posting_new WHERE term = $term::UBIGINT AND (preferred OR $all_versions);
