CREATE OR REPLACE VIEW transcripts AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    t.source,
    t.preferred,
    t.findings_version,
    coalesce(e.engine, '') AS engine,
    coalesce(e.engine_version, '') AS engine_version,
    coalesce(e.model, '') AS model,
    coalesce(e.model_sha256, '') AS model_sha256,
    coalesce(e.settings, '{}') AS settings,
    t.engines,
    t.vectors_model_sha256,
    (SELECT count(*) FROM store.utterance AS u WHERE u.tid = t.tid) AS utterances,
    (SELECT count(*) FROM store.sentence AS s WHERE s.tid = t.tid) AS sentences,
    t.duration_s
FROM store.transcript AS t
LEFT JOIN (
    -- The words' own engine is called speech or captions; where neither is named, the first.
    SELECT e.tid, e.engine, e.engine_version, e.model, e.model_sha256, e.settings
    FROM store.engine AS e
    WHERE e.part = 'transcript'
    QUALIFY row_number() OVER (
        PARTITION BY e.tid ORDER BY e.task IN ('speech', 'captions') DESC, e.position
    ) = 1
) AS e ON e.tid = t.tid;

COMMENT ON VIEW transcripts IS
    'One row a transcript version: which engine wrote it, from what, with which model and settings. All are machine-made.';
COMMENT ON COLUMN transcripts.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN transcripts.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN transcripts.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN transcripts.source IS
    'speech or captions.';
COMMENT ON COLUMN transcripts.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN transcripts.findings_version IS
    'The version of the findings made from it.';
COMMENT ON COLUMN transcripts.engine IS
    'The engine that wrote the words; all engines are in the view engines.';
COMMENT ON COLUMN transcripts.engine_version IS
    'The version of that engine.';
COMMENT ON COLUMN transcripts.model IS
    'The model of that engine.';
COMMENT ON COLUMN transcripts.model_sha256 IS
    'The sha256 of the model.';
COMMENT ON COLUMN transcripts.settings IS
    'The settings of that engine, as JSON.';
COMMENT ON COLUMN transcripts.engines IS
    'Every engine that had a part in the transcript, as JSON.';
COMMENT ON COLUMN transcripts.vectors_model_sha256 IS
    'The sha256 of the model behind the sentence vectors.';
COMMENT ON COLUMN transcripts.utterances IS
    'How many utterances it holds.';
COMMENT ON COLUMN transcripts.sentences IS
    'How many sentences it holds.';
COMMENT ON COLUMN transcripts.duration_s IS
    'Length of the recording in seconds.';
