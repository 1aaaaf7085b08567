CREATE OR REPLACE VIEW concerns AS
SELECT
    f.meeting_id,
    f.transcript_version,
    f.finding_id,
    f.date,
    f.committee,
    f.item,
    f.voice,
    f.speaker,
    f.person,
    f.quote,
    f.sentence,
    f.sentence_id,
    f.utterance_id,
    f.start_s,
    f.end_s,
    f.link,
    f.score,
    f.rules,
    f.whose,
    f.matter,
    f.standing,
    f.decided_by,
    f.decided_when,
    f.findings_version,
    f.recording_sha256
FROM findings AS f
WHERE f.kind = 'concern' AND f.preferred AND f.standing <> 'rejected by a person';

COMMENT ON VIEW concerns IS
    'One row a concern that stands: a worry somebody voiced, in their words.';
COMMENT ON COLUMN concerns.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN concerns.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN concerns.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN concerns.date IS
    'The day of the meeting.';
COMMENT ON COLUMN concerns.committee IS
    'The committee that met.';
COMMENT ON COLUMN concerns.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN concerns.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN concerns.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN concerns.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN concerns.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN concerns.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN concerns.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN concerns.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN concerns.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN concerns.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN concerns.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN concerns.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN concerns.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN concerns.whose IS
    'Of a concern: whose worry or harm it is, as said; empty where it is the speaker''s own.';
COMMENT ON COLUMN concerns.matter IS
    'What it is about, as a short noun phrase of the words said.';
COMMENT ON COLUMN concerns.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN concerns.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN concerns.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN concerns.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN concerns.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
