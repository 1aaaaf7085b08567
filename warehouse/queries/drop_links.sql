-- Those of which an end is gone, so that what is left can be shown.
DELETE FROM store.link WHERE NOT EXISTS (
    FROM store.claims_told() AS c WHERE c.claim_id = link.claim_id
) OR NOT EXISTS (FROM store.recommendation AS r WHERE r.finding_id = link.finding_id);
