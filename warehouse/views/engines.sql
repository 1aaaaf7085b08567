CREATE OR REPLACE VIEW engines AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    e.part,
    e.position,
    e.task,
    e.engine,
    e.engine_version,
    e.model,
    e.model_sha256,
    e.settings
FROM store.engine AS e
JOIN store.transcript AS t ON t.tid = e.tid;

COMMENT ON VIEW engines IS
    'One row an engine that had a part in a transcript, its findings or its vectors: what every other row can be traced to.';
COMMENT ON COLUMN engines.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN engines.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN engines.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN engines.part IS
    'transcript, findings or vectors.';
COMMENT ON COLUMN engines.position IS
    'Order within the part, from 0.';
COMMENT ON COLUMN engines.task IS
    'What the engine did.';
COMMENT ON COLUMN engines.engine IS
    'The name of the engine.';
COMMENT ON COLUMN engines.engine_version IS
    'The version of the engine.';
COMMENT ON COLUMN engines.model IS
    'The model it used.';
COMMENT ON COLUMN engines.model_sha256 IS
    'The sha256 of the model.';
COMMENT ON COLUMN engines.settings IS
    'Its settings, as JSON.';
