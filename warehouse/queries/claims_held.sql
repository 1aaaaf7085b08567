SELECT DISTINCT c.claim_id FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid AND t.preferred
WHERE list_contains($claim_ids, c.claim_id);
