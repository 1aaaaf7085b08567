CREATE OR REPLACE VIEW sentences AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    x.sid - t.first_sid AS position,
    x.sentence_id,
    x.utterance_id,
    t.preferred,
    m.council,
    m.committee,
    m.date,
    x.item,
    coalesce(i.title, '') AS item_title,
    x.voice,
    v.label AS speaker,
    v.name AS person,
    v.kind AS attribution,
    v.decided_by,
    x.start_s,
    x.end_s,
    x.text,
    store.link_to(l.template, l.path, l.offset_s, x.start_s) AS link,
    t.recording_sha256,
    coalesce(o.words, 0) AS words_overlapped
FROM store.sentence AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
JOIN store.voices AS v ON v.tid = x.tid AND v.voice = x.voice
LEFT JOIN store.overlapped AS o ON o.sid = x.sid
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = x.item;

COMMENT ON VIEW sentences IS
    'One row a sentence: the unit that search and findings point at.';
COMMENT ON COLUMN sentences.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN sentences.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN sentences.position IS
    'Order within the transcript, from 0.';
COMMENT ON COLUMN sentences.sentence_id IS
    'The sentence, stable within its transcript version.';
COMMENT ON COLUMN sentences.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN sentences.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN sentences.council IS
    'The council.';
COMMENT ON COLUMN sentences.committee IS
    'The committee that met.';
COMMENT ON COLUMN sentences.date IS
    'The day of the meeting.';
COMMENT ON COLUMN sentences.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN sentences.item_title IS
    'The title of the agenda item.';
COMMENT ON COLUMN sentences.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN sentences.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN sentences.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN sentences.attribution IS
    'How the speaker is known: named, role only, public, withheld or unnamed.';
COMMENT ON COLUMN sentences.decided_by IS
    'Who says who speaks: machine, or the person who decided.';
COMMENT ON COLUMN sentences.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN sentences.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN sentences.text IS
    'The words, verbatim; a name that is not to be shown is replaced by [name withheld].';
COMMENT ON COLUMN sentences.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN sentences.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN sentences.words_overlapped IS
    'How many of its words were spoken while another voice was heard; 0 for none.';
