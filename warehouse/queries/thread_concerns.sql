SELECT
    h.thread_id, h.title, h.answered,
    f.* EXCLUDE (preferred)
FROM concern_threads AS h
JOIN store.thread AS o ON o.thread_id = h.thread_id
JOIN store.found AS f ON f.finding_id = h.finding_id AND f.meeting_id = h.meeting_id AND f.preferred
ORDER BY o.position, h.position;
