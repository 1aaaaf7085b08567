-- Where the numbers of each transcript's sentences begin, in the order in which it was said.
SELECT t.first_sid
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
LEFT JOIN (
    SELECT meeting_id, recording_sha256, min(position) AS position FROM store.recording GROUP BY ALL
) AS r ON r.meeting_id = t.meeting_id AND r.recording_sha256 = t.recording_sha256
WHERE t.sentences > 0
ORDER BY m.date, m.start, t.meeting_id, r.position, t.first_sid;
