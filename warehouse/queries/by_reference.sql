SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
WHERE lower(f.reference) = lower($reference)
ORDER BY f.preferred DESC, f.meeting_id, f.transcript_version
LIMIT 1;
