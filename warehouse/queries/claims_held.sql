SELECT DISTINCT c.claim_id FROM store.claims_told() AS c
WHERE list_contains($claim_ids, c.claim_id);
