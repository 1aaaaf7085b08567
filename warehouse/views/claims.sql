CREATE OR REPLACE VIEW claims AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    x.claim_id,
    t.preferred,
    m.date,
    m.committee,
    x.item,
    x.status,
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
    array_to_string(x.keys, '; ') AS keys,
    x.said_of,
    x.score,
    x.rules,
    t.findings_version,
    t.recording_sha256
FROM store.claim AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
JOIN store.voices AS v ON v.tid = x.tid AND v.voice = x.voice
JOIN store.sentence AS s ON s.sid = x.sid;

COMMENT ON VIEW claims IS
    'One row a claim in any transcript version: what somebody said became of an earlier recommendation. It is evidence of what was said, not of what is so.';
COMMENT ON COLUMN claims.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN claims.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN claims.claim_id IS
    'The claim; the same words of the same recording keep it.';
COMMENT ON COLUMN claims.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN claims.date IS
    'The day of the meeting.';
COMMENT ON COLUMN claims.committee IS
    'The committee that met.';
COMMENT ON COLUMN claims.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN claims.status IS
    'The state that the words tell, such as accepted or in_progress.';
COMMENT ON COLUMN claims.voice IS
    'The voice within its recording, such as V3; it means nothing outside it.';
COMMENT ON COLUMN claims.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN claims.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN claims.quote IS
    'The words it rests on, verbatim; part of its sentence.';
COMMENT ON COLUMN claims.sentence IS
    'The whole sentence.';
COMMENT ON COLUMN claims.sentence_id IS
    'The sentence it is part of.';
COMMENT ON COLUMN claims.utterance_id IS
    'The utterance it is part of.';
COMMENT ON COLUMN claims.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN claims.end_s IS
    'Where it ends, in seconds within the recording.';
COMMENT ON COLUMN claims.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN claims.keys IS
    'References and minute numbers that were said with it, with a semicolon between them.';
COMMENT ON COLUMN claims.said_of IS
    'The day that the words name for what happened, as 2026-06-30; empty where they name none.';
COMMENT ON COLUMN claims.score IS
    'The calibrated probability, where a classifier gave one.';
COMMENT ON COLUMN claims.rules IS
    'The patterns that fired, with a space between them.';
COMMENT ON COLUMN claims.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN claims.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
