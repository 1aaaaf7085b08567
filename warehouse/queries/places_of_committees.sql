SELECT t.first_uid
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
WHERE list_contains($committees, m.committee);
