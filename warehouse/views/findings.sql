CREATE OR REPLACE VIEW findings AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    x.finding_id,
    x.kind,
    t.preferred,
    m.date,
    m.committee,
    x.item,
    x.voice,
    v.label AS speaker,
    v.name AS person,
    x.quote,
    s.text AS sentence,
    x.sentence_id,
    x.utterance_id,
    x.start_s,
    x.end_s,
    store.link_to(l.template, l.path, l.offset_s, x.start_s) AS link,
    x.score,
    x.rules,
    x.agreed,
    x.addressee,
    x.due,
    x.action,
    CASE
        WHEN x.kind <> 'undertaking' THEN ''
        WHEN x.holder = '' THEN v.label
        ELSE x.holder
    END AS holder,
    x.deadline,
    x.condition,
    x.whose,
    x.matter,
    x.wording,
    coalesce(r.reference, '') AS reference,
    CASE d.verdict
        WHEN 'rejected' THEN 'rejected by a person'
        WHEN 'restored' THEN 'restored by a person'
        ELSE 'found by the machine'
    END AS standing,
    coalesce(d.decided_by, 'machine') AS decided_by,
    d.decided_when,
    t.findings_version,
    t.recording_sha256
FROM store.finding AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
JOIN store.voices AS v ON v.tid = x.tid AND v.voice = x.voice
JOIN store.sentence AS s ON s.sid = x.sid
LEFT JOIN store.finding_decision AS d ON d.tid = x.tid AND d.finding_id = x.finding_id
LEFT JOIN store.reference AS r ON r.tid = x.tid AND r.finding_id = x.finding_id;

COMMENT ON VIEW findings IS
    'One row a finding of any kind in any transcript version, also those a person rejected. All are machine-made unless decided_by says otherwise.';
COMMENT ON COLUMN findings.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN findings.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN findings.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN findings.kind IS
    'concern, recommendation, undertaking, decision or follow-up.';
COMMENT ON COLUMN findings.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN findings.date IS
    'The day of the meeting.';
COMMENT ON COLUMN findings.committee IS
    'The committee that met.';
COMMENT ON COLUMN findings.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN findings.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN findings.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN findings.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN findings.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN findings.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN findings.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN findings.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN findings.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN findings.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN findings.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN findings.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN findings.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN findings.agreed IS
    'Of a recommendation: whether the committee agreed to it; null where nothing was heard.';
COMMENT ON COLUMN findings.addressee IS
    'To whom it is directed, as last said.';
COMMENT ON COLUMN findings.due IS
    'The day by which it is to be done, as 2026-06-30; empty where the words mean no day.';
COMMENT ON COLUMN findings.action IS
    'What is to be done, as an infinitive clause of the words said; the quote where none stands in it.';
COMMENT ON COLUMN findings.holder IS
    'Of an undertaking: who gave it, as said; the speaker where that is "I" or "we".';
COMMENT ON COLUMN findings.deadline IS
    'The words that say by when, as last said; also those that mean no day, such as "as soon as possible".';
COMMENT ON COLUMN findings.condition IS
    'The words of a condition, such as "if the budget allows".';
COMMENT ON COLUMN findings.whose IS
    'Of a concern: whose worry or harm it is, as said; empty where it is the speaker''s own.';
COMMENT ON COLUMN findings.matter IS
    'What it is about, as a short noun phrase of the words said.';
COMMENT ON COLUMN findings.wording IS
    'Of a recommendation: how a later sentence last put it; empty where nothing reworded it.';
COMMENT ON COLUMN findings.reference IS
    'The reference of a recommendation, such as SCSC/2026-27/01.';
COMMENT ON COLUMN findings.standing IS
    'found by the machine, rejected by a person, or restored by a person.';
COMMENT ON COLUMN findings.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN findings.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN findings.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN findings.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
