CREATE OR REPLACE VIEW utterances AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    x.uid - t.first_uid AS position,
    x.utterance_id,
    t.preferred,
    m.date,
    m.committee,
    x.item,
    x.voice,
    v.label AS speaker,
    v.name AS person,
    x.start_s,
    x.end_s,
    x.text,
    x.heard,
    x.words,
    x.confidence,
    store.link_to(l.template, l.path, l.offset_s, x.start_s) AS link,
    t.recording_sha256,
    x.words_overlapped,
    x.overlapped,
    x.why AS why_no_voice
FROM store.utterance AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
JOIN store.voices AS v ON v.tid = x.tid AND v.voice = x.voice;

COMMENT ON VIEW utterances IS
    'One row an utterance: what one voice said without a break, word for word as recognised.';
COMMENT ON COLUMN utterances.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN utterances.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN utterances.position IS
    'Order within the transcript, from 0.';
COMMENT ON COLUMN utterances.utterance_id IS
    'The utterance, stable within its transcript version.';
COMMENT ON COLUMN utterances.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN utterances.date IS
    'The day of the meeting.';
COMMENT ON COLUMN utterances.committee IS
    'The committee that met.';
COMMENT ON COLUMN utterances.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN utterances.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN utterances.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN utterances.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN utterances.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN utterances.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN utterances.text IS
    'The words, verbatim; a name that is not to be shown is replaced by [name withheld].';
COMMENT ON COLUMN utterances.heard IS
    'What the engine wrote, where names in the text were mended after the roster; null where none was, and where a name in it is not to be shown.';
COMMENT ON COLUMN utterances.words IS
    'How many words.';
COMMENT ON COLUMN utterances.confidence IS
    'Mean confidence of the words, where the engine gives one.';
COMMENT ON COLUMN utterances.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN utterances.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
COMMENT ON COLUMN utterances.words_overlapped IS
    'How many of the words were spoken while another voice was heard, so that whose they are is less sure.';
COMMENT ON COLUMN utterances.overlapped IS
    'These words, runs of them apart by " … "; empty where there are none.';
COMMENT ON COLUMN utterances.why_no_voice IS
    'Why its words have no voice; empty where they have one.';
