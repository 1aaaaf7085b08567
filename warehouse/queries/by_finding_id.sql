SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
WHERE f.finding_id = $finding_id
ORDER BY f.preferred DESC, f.meeting_id, f.transcript_version
LIMIT 1;
