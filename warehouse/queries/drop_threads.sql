-- Concerns that are gone, and threads that are none without them.
DELETE FROM store.thread_finding WHERE NOT EXISTS (
    FROM store.finding AS f JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
    WHERE f.finding_id = thread_finding.finding_id
);
DELETE FROM store.thread WHERE thread_id NOT IN (
    SELECT thread_id FROM store.thread_finding GROUP BY thread_id HAVING count(*) > 1
);
DELETE FROM store.thread_finding WHERE thread_id NOT IN (SELECT thread_id FROM store.thread);
