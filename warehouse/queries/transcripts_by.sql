-- What is shown of transcripts beside their sentences, with what makes an address of a second; as
-- the view store.links has it, which would be made for all transcripts.
SELECT
    t.tid, t.version, t.recording_sha256, t.meeting_id, m.title, m.council, m.committee, m.date,
    m.link AS template,
    coalesce(min_by(r.path, r.position), '') AS path,
    coalesce(min_by(r.offset_s, r.position), 0) AS offset_s
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
LEFT JOIN store.recording AS r
    ON r.meeting_id = t.meeting_id AND r.recording_sha256 = t.recording_sha256
WHERE t.tid IN (SELECT unnest($tids::INTEGER[]))
GROUP BY ALL;
