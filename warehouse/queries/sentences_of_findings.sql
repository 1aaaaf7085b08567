-- In which sentence each of these findings stands, in the preferred transcripts.
SELECT f.finding_id, f.sid
FROM store.finding AS f
JOIN store.transcript AS t ON t.tid = f.tid
WHERE t.preferred AND f.finding_id IN (SELECT unnest($findings::VARCHAR[]));
