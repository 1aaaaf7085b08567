CREATE OR REPLACE VIEW decisions AS
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
    f.agreed,
    f.standing,
    f.decided_by,
    f.decided_when,
    f.findings_version,
    f.recording_sha256
FROM findings AS f
WHERE f.kind = 'decision' AND f.preferred AND f.standing <> 'rejected by a person';

COMMENT ON VIEW decisions IS
    'One row a decision that stands: what the committee resolved in the room. The minutes are the formal record.';
COMMENT ON COLUMN decisions.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN decisions.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN decisions.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN decisions.date IS
    'The day of the meeting.';
COMMENT ON COLUMN decisions.committee IS
    'The committee that met.';
COMMENT ON COLUMN decisions.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN decisions.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN decisions.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN decisions.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN decisions.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN decisions.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN decisions.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN decisions.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN decisions.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN decisions.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN decisions.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN decisions.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN decisions.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN decisions.agreed IS
    'Of a recommendation: whether the committee agreed to it; null where nothing was heard.';
COMMENT ON COLUMN decisions.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN decisions.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN decisions.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN decisions.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN decisions.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
