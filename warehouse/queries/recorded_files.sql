-- The meetings that each file is a recording of, and the place of it in each, from 0.
SELECT r.path, r.meeting_id, r.position FROM recordings AS r WHERE r.path <> '' ORDER BY ALL;
