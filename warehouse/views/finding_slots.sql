CREATE OR REPLACE VIEW finding_slots AS
SELECT
    f.meeting_id,
    f.transcript_version,
    f.finding_id,
    f.kind,
    f.preferred,
    x.position,
    x.slot,
    x.words,
    s.sentence_id,
    s.sentence_id = f.sentence_id AS own_sentence,
    s.start_s,
    store.link_to(l.template, l.path, l.offset_s, s.start_s) AS link,
    x.rule
FROM store.slot AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.links AS l ON l.tid = x.tid
JOIN store.sentence AS s ON s.sid = x.sid
JOIN findings AS f
    ON f.meeting_id = t.meeting_id
    AND f.transcript_version = t.version
    AND f.findings_version = t.findings_version
    AND f.finding_id = x.finding_id;

COMMENT ON VIEW finding_slots IS
    'One row a particular of a finding (who, what, by when, on what condition), each in the words that say it.';
COMMENT ON COLUMN finding_slots.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN finding_slots.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN finding_slots.finding_id IS
    'The finding; the same words of the same recording keep it.';
COMMENT ON COLUMN finding_slots.kind IS
    'concern, recommendation, undertaking, decision or follow-up.';
COMMENT ON COLUMN finding_slots.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN finding_slots.position IS
    'The order in which the particulars of one finding were said, from 0.';
COMMENT ON COLUMN finding_slots.slot IS
    'action, addressee, holder, deadline, condition, whose, matter or wording.';
COMMENT ON COLUMN finding_slots.words IS
    'The words that say it, verbatim; part of their sentence.';
COMMENT ON COLUMN finding_slots.sentence_id IS
    'The sentence they stand in; a later one where that settled or reworded it.';
COMMENT ON COLUMN finding_slots.own_sentence IS
    'Whether that is the sentence of the finding itself.';
COMMENT ON COLUMN finding_slots.start_s IS
    'Where that sentence begins, in seconds within the recording.';
COMMENT ON COLUMN finding_slots.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN finding_slots.rule IS
    'The pattern or rule that found it; classifier where a model proposed it.';
