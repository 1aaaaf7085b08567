CREATE OR REPLACE VIEW store.voices AS
SELECT
    v.tid,
    v.position,
    v.voice,
    coalesce(d.label, v.label) AS label,
    coalesce(d.kind, v.kind) AS kind,
    CASE WHEN d.tid IS NULL THEN v.name ELSE d.name END AS name,
    v.label AS machine_label,
    v.name AS machine_name,
    v.kind AS machine_kind,
    v.margin,
    coalesce(d.decided_by, 'machine') AS decided_by,
    d.decided_when
FROM store.voice AS v
LEFT JOIN store.voice_decision AS d ON d.tid = v.tid AND d.voice = v.voice;

COMMENT ON VIEW store.voices IS
    'Inner view: what each voice is called, a person''s decision before the machine''s account.';
COMMENT ON COLUMN store.voices.tid IS
    'Number of the transcript within this file.';
COMMENT ON COLUMN store.voices.position IS
    'Order within the transcript.';
COMMENT ON COLUMN store.voices.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN store.voices.label IS
    'What the voice is called.';
COMMENT ON COLUMN store.voices.kind IS
    'named, role only, public, withheld or unnamed.';
COMMENT ON COLUMN store.voices.name IS
    'The name, if it may be shown.';
COMMENT ON COLUMN store.voices.machine_label IS
    'What the machine calls it.';
COMMENT ON COLUMN store.voices.machine_name IS
    'Whom the machine takes it for.';
COMMENT ON COLUMN store.voices.machine_kind IS
    'The kind the machine gives.';
COMMENT ON COLUMN store.voices.margin IS
    'Evidence for the name less that for the runner-up.';
COMMENT ON COLUMN store.voices.decided_by IS
    'machine, or who decided.';
COMMENT ON COLUMN store.voices.decided_when IS
    'When a person decided.';
