CREATE OR REPLACE VIEW recordings AS
SELECT r.meeting_id, r.position, r.recording_sha256, r.path, r.offset_s, r.captions
FROM store.recording AS r;

COMMENT ON VIEW recordings IS
    'One row a recording of a meeting; a recording that holds two meetings has two rows.';
COMMENT ON COLUMN recordings.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN recordings.position IS
    'Order within the meeting, from 0.';
COMMENT ON COLUMN recordings.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN recordings.path IS
    'Where the file lay when it was processed.';
COMMENT ON COLUMN recordings.offset_s IS
    'Where the recording begins within the meeting, in seconds.';
COMMENT ON COLUMN recordings.captions IS
    'The captions file that came with it, or empty.';
