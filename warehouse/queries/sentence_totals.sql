SELECT count(*) AS sentences, coalesce(sum(s.tokens), 0)::BIGINT AS tokens
FROM store.sentence AS s
JOIN store.transcript AS t ON t.tid = s.tid
WHERE t.preferred OR $all_versions;
