-- What each transcript was last held against; the decisions that name a finding only by its id
-- are found through the ids.
SELECT
    t.tid,
    t.meeting_id,
    t.recording_sha256,
    coalesce(max(h.decisions), '') AS held_against
FROM store.transcript AS t
LEFT JOIN store.held_against AS h USING (tid)
GROUP BY ALL
ORDER BY t.tid;
