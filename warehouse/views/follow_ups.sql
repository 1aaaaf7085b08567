CREATE OR REPLACE VIEW follow_ups AS
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
    f.standing,
    f.decided_by,
    f.decided_when,
    f.findings_version,
    f.recording_sha256
FROM findings AS f
WHERE f.kind = 'follow-up' AND f.preferred AND f.standing <> 'rejected by a person';

COMMENT ON VIEW follow_ups IS
    'One row a follow-up that stands: where somebody comes back to an earlier matter.';
COMMENT ON COLUMN follow_ups.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN follow_ups.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN follow_ups.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN follow_ups.date IS
    'The day of the meeting.';
COMMENT ON COLUMN follow_ups.committee IS
    'The committee that met.';
COMMENT ON COLUMN follow_ups.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN follow_ups.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN follow_ups.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN follow_ups.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN follow_ups.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN follow_ups.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN follow_ups.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN follow_ups.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN follow_ups.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN follow_ups.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN follow_ups.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN follow_ups.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN follow_ups.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN follow_ups.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN follow_ups.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN follow_ups.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN follow_ups.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN follow_ups.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
