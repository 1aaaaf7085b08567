SELECT * FROM store.claims_told() WHERE list_contains($claim_ids, claim_id) ORDER BY claim_id;
