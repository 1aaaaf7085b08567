CREATE OR REPLACE VIEW gaps AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    g.position,
    g.start_s,
    g.end_s,
    g.why
FROM store.gap AS g
JOIN store.transcript AS t ON t.tid = g.tid;

COMMENT ON VIEW gaps IS
    'One row a stretch of a recording that is known to be missing from a transcript.';
COMMENT ON COLUMN gaps.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN gaps.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN gaps.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN gaps.position IS
    'Order within the transcript, from 0.';
COMMENT ON COLUMN gaps.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN gaps.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN gaps.why IS
    'Why it is missing.';
