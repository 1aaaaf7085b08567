SELECT
    t.tid, t.version, t.recording_sha256, t.meeting_id,
    m.title, m.committee, m.date, l.template, l.path, l.offset_s
FROM store.transcript AS t
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = t.tid
WHERE t.tid IN (SELECT unnest($tids::INTEGER[]));
