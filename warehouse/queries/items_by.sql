SELECT t.tid, i.item, min(i.title) AS title
FROM store.item AS i
JOIN store.transcript AS t ON t.meeting_id = i.meeting_id
WHERE t.tid IN (SELECT unnest($tids::INTEGER[]))
GROUP BY ALL;
