-- Findings that a machine made, is less sure of than $sure, and nobody has decided about.
SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
WHERE f.preferred AND f.score < $sure AND f.decided_by = 'machine'
ORDER BY f.date, f.meeting_id, f.start_s, f.finding_id;
