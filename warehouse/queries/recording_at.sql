-- The meetings that a file is a recording of, and the place of it in each, from 0.
SELECT r.meeting_id, r.position FROM recordings AS r WHERE r.path = $path
ORDER BY r.meeting_id, r.position;
