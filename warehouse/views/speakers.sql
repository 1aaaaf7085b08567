CREATE OR REPLACE VIEW speakers AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    t.recording_sha256,
    t.preferred,
    v.position,
    v.voice,
    v.label AS speaker,
    v.name AS person,
    v.kind,
    v.decided_by,
    v.decided_when,
    v.machine_label AS machine_speaker,
    v.machine_name AS machine_person,
    v.margin,
    coalesce(u.words, 0) AS words
FROM store.voices AS v
JOIN store.transcript AS t ON t.tid = v.tid
LEFT JOIN (
    SELECT tid, voice, CAST(sum(words) AS BIGINT) AS words FROM store.utterance GROUP BY ALL
) AS u ON u.tid = v.tid AND u.voice = v.voice;

COMMENT ON VIEW speakers IS
    'One row a voice of a transcript and what it is called. What the machine says and what a person decided stand side by side.';
COMMENT ON COLUMN speakers.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN speakers.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN speakers.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN speakers.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN speakers.position IS
    'Order of first mention, from 0.';
COMMENT ON COLUMN speakers.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN speakers.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN speakers.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN speakers.kind IS
    'named, role only, public, withheld or unnamed.';
COMMENT ON COLUMN speakers.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN speakers.decided_when IS
    'When a person decided; null where the machines account stands.';
COMMENT ON COLUMN speakers.machine_speaker IS
    'What the machine calls the voice.';
COMMENT ON COLUMN speakers.machine_person IS
    'Whom the machine takes it for; null where it does not know or the name is not to be shown.';
COMMENT ON COLUMN speakers.margin IS
    'The machines evidence for its name less that for the runner-up.';
COMMENT ON COLUMN speakers.words IS
    'Words this voice speaks.';
