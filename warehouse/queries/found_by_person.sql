-- The findings that stand in what a person said, the newest first.
SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
WHERE f.person = $name AND f.preferred AND f.standing <> 'rejected by a person'
ORDER BY f.date DESC, f.meeting_id, f.recording_sha256, f.start_s, f.finding_id;
