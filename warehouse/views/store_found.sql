-- What a listing shows of a finding; the queries that list findings differ in which, and in what
-- order.
CREATE OR REPLACE VIEW store.found AS
SELECT
    f.reference,
    f.finding_id,
    f.kind,
    f.meeting_id,
    f.date,
    f.committee,
    f.item,
    coalesce(i.title, '') AS item_title,
    f.speaker,
    f.person,
    f.quote,
    f.sentence,
    f.start_s,
    f.end_s,
    f.link,
    f.score,
    f.rules,
    f.agreed,
    f.addressee,
    f.due,
    f.action,
    f.holder,
    f.deadline,
    f.condition,
    f.whose,
    f.matter,
    f.wording,
    f.standing,
    f.decided_by,
    f.decided_when,
    f.sentence_id,
    f.utterance_id,
    f.transcript_version,
    f.findings_version,
    f.recording_sha256,
    f.preferred
FROM findings AS f
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = f.meeting_id AND i.item = f.item;

COMMENT ON VIEW store.found IS
    'Inner view: findings of every kind as listings show them.';
COMMENT ON COLUMN store.found.reference IS
    'The reference of a recommendation, such as SCSC/2026-27/01.';
COMMENT ON COLUMN store.found.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN store.found.kind IS
    'concern, recommendation, undertaking, decision or follow-up.';
COMMENT ON COLUMN store.found.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN store.found.date IS
    'The day of the meeting.';
COMMENT ON COLUMN store.found.committee IS
    'The committee that met.';
COMMENT ON COLUMN store.found.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN store.found.item_title IS
    'The title of the agenda item; empty where there is none.';
COMMENT ON COLUMN store.found.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN store.found.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN store.found.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN store.found.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN store.found.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN store.found.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN store.found.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN store.found.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN store.found.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN store.found.agreed IS
    'Of a recommendation: whether the committee agreed to it; null where nothing was heard.';
COMMENT ON COLUMN store.found.addressee IS
    'To whom it is directed, as last said.';
COMMENT ON COLUMN store.found.due IS
    'The day by which it is to be done, as 2026-06-30; empty where the words mean no day.';
COMMENT ON COLUMN store.found.action IS
    'What is to be done, as an infinitive clause of the words said; the quote where none stands in it.';
COMMENT ON COLUMN store.found.holder IS
    'Of an undertaking: who gave it, as said; the speaker where that is "I" or "we".';
COMMENT ON COLUMN store.found.deadline IS
    'The words that say by when, as last said; also those that mean no day, such as "as soon as possible".';
COMMENT ON COLUMN store.found.condition IS
    'The words of a condition, such as "if the budget allows".';
COMMENT ON COLUMN store.found.whose IS
    'Of a concern: whose worry or harm it is, as said; empty where it is the speaker''s own.';
COMMENT ON COLUMN store.found.matter IS
    'What it is about, as a short noun phrase of the words said.';
COMMENT ON COLUMN store.found.wording IS
    'Of a recommendation: how a later sentence last put it; empty where nothing reworded it.';
COMMENT ON COLUMN store.found.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN store.found.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN store.found.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN store.found.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN store.found.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN store.found.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN store.found.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN store.found.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN store.found.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
