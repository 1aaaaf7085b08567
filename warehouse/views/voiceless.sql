CREATE OR REPLACE VIEW voiceless AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    t.preferred,
    x.utterance_id,
    x.start_s,
    x.end_s,
    x.words,
    x.why
FROM store.utterance AS x
JOIN store.transcript AS t ON t.tid = x.tid
WHERE x.voice = 'V?';

COMMENT ON VIEW voiceless IS
    'One row a stretch of words that belong to no voice, and why.';
COMMENT ON COLUMN voiceless.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN voiceless.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN voiceless.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN voiceless.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN voiceless.utterance_id IS
    'The utterance, stable within its transcript version.';
COMMENT ON COLUMN voiceless.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN voiceless.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN voiceless.words IS
    'How many words.';
COMMENT ON COLUMN voiceless.why IS
    'Why no voice could be told there.';
