CREATE OR REPLACE VIEW undertakings AS
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
    f.addressee,
    f.due,
    f.action,
    f.holder,
    f.deadline,
    f.condition,
    f.standing,
    f.decided_by,
    f.decided_when,
    f.findings_version,
    f.recording_sha256
FROM findings AS f
WHERE f.kind = 'undertaking' AND f.preferred AND f.standing <> 'rejected by a person';

COMMENT ON VIEW undertakings IS
    'One row an undertaking that stands: what somebody promised to do.';
COMMENT ON COLUMN undertakings.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN undertakings.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN undertakings.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN undertakings.date IS
    'The day of the meeting.';
COMMENT ON COLUMN undertakings.committee IS
    'The committee that met.';
COMMENT ON COLUMN undertakings.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN undertakings.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN undertakings.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN undertakings.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN undertakings.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN undertakings.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN undertakings.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN undertakings.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN undertakings.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN undertakings.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN undertakings.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN undertakings.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN undertakings.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN undertakings.addressee IS
    'To whom it is directed, as last said.';
COMMENT ON COLUMN undertakings.due IS
    'The day by which it is to be done, as 2026-06-30; empty where the words mean no day.';
COMMENT ON COLUMN undertakings.action IS
    'What is to be done, as an infinitive clause of the words said; the quote where none stands in it.';
COMMENT ON COLUMN undertakings.holder IS
    'Of an undertaking: who gave it, as said; the speaker where that is "I" or "we".';
COMMENT ON COLUMN undertakings.deadline IS
    'The words that say by when, as last said; also those that mean no day, such as "as soon as possible".';
COMMENT ON COLUMN undertakings.condition IS
    'The words of a condition, such as "if the budget allows".';
COMMENT ON COLUMN undertakings.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN undertakings.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN undertakings.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN undertakings.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN undertakings.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
