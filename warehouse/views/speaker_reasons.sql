CREATE OR REPLACE VIEW speaker_reasons AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    r.voice,
    r.position,
    r.rule,
    r.quote,
    r.start_s,
    r.weight,
    t.recording_sha256
FROM store.reason AS r
JOIN store.transcript AS t ON t.tid = r.tid;

COMMENT ON VIEW speaker_reasons IS
    'One row a piece of evidence the machine had for a voice''s name.';
COMMENT ON COLUMN speaker_reasons.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN speaker_reasons.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN speaker_reasons.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN speaker_reasons.position IS
    'Order within the voice, from 0.';
COMMENT ON COLUMN speaker_reasons.rule IS
    'The rule that found it.';
COMMENT ON COLUMN speaker_reasons.quote IS
    'The words that gave it.';
COMMENT ON COLUMN speaker_reasons.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN speaker_reasons.weight IS
    'What it counts for.';
COMMENT ON COLUMN speaker_reasons.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
