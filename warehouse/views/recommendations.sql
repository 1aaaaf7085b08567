CREATE OR REPLACE VIEW recommendations AS
SELECT
    f.reference,
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
    f.addressee,
    f.due,
    f.action,
    f.deadline,
    f.condition,
    f.matter,
    f.wording,
    f.standing,
    f.decided_by,
    f.decided_when,
    f.findings_version,
    f.recording_sha256
FROM findings AS f
WHERE f.kind = 'recommendation' AND f.preferred AND f.standing <> 'rejected by a person';

COMMENT ON VIEW recommendations IS
    'One row a recommendation that stands, with its reference.';
COMMENT ON COLUMN recommendations.reference IS
    'The reference of a recommendation, such as SCSC/2026-27/01.';
COMMENT ON COLUMN recommendations.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN recommendations.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN recommendations.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN recommendations.date IS
    'The day of the meeting.';
COMMENT ON COLUMN recommendations.committee IS
    'The committee that met.';
COMMENT ON COLUMN recommendations.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN recommendations.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN recommendations.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN recommendations.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN recommendations.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN recommendations.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN recommendations.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN recommendations.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN recommendations.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN recommendations.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN recommendations.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN recommendations.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN recommendations.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN recommendations.agreed IS
    'Of a recommendation: whether the committee agreed to it; null where nothing was heard.';
COMMENT ON COLUMN recommendations.addressee IS
    'To whom it is directed, as last said.';
COMMENT ON COLUMN recommendations.due IS
    'The day by which it is to be done, as 2026-06-30; empty where the words mean no day.';
COMMENT ON COLUMN recommendations.action IS
    'What is to be done, as an infinitive clause of the words said; the quote where none stands in it.';
COMMENT ON COLUMN recommendations.deadline IS
    'The words that say by when, as last said; also those that mean no day, such as "as soon as possible".';
COMMENT ON COLUMN recommendations.condition IS
    'The words of a condition, such as "if the budget allows".';
COMMENT ON COLUMN recommendations.matter IS
    'What it is about, as a short noun phrase of the words said.';
COMMENT ON COLUMN recommendations.wording IS
    'Of a recommendation: how a later sentence last put it; empty where nothing reworded it.';
COMMENT ON COLUMN recommendations.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN recommendations.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN recommendations.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN recommendations.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN recommendations.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
