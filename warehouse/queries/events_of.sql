SELECT
    event_id, day, ladder, state, standing, told_by, quote, who, link, meeting_id, accessed, source,
    reasons, note
FROM store.event WHERE key = $key ORDER BY position;
