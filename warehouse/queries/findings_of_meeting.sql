-- The findings of every kind that stand in one meeting, in the order said.
SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
WHERE f.meeting_id = $meeting_id AND f.preferred AND f.standing <> 'rejected by a person'
ORDER BY f.recording_sha256, f.start_s, f.finding_id;
