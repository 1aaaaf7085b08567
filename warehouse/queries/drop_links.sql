-- Those of which an end is gone, so that what is left can be shown.
DELETE FROM store.link WHERE NOT EXISTS (
    FROM store.claims_told() AS c WHERE c.claim_id = link.claim_id
) OR NOT EXISTS (FROM store.recommendation AS r WHERE r.finding_id = link.finding_id);
DELETE FROM store.thread_finding WHERE NOT EXISTS (
    FROM store.finding AS f JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
    WHERE f.finding_id = thread_finding.finding_id
);
DELETE FROM store.thread WHERE thread_id NOT IN (
    SELECT thread_id FROM store.thread_finding GROUP BY thread_id HAVING count(*) > 1
);
DELETE FROM store.thread_finding WHERE thread_id NOT IN (SELECT thread_id FROM store.thread);
