CREATE OR REPLACE VIEW motions AS
SELECT
    t.meeting_id,
    t.version AS transcript_version,
    x.motion_id,
    x.finding_id,
    coalesce(r.reference, '') AS reference,
    t.preferred,
    m.date,
    m.committee,
    x.item,
    x.wording,
    coalesce(p.label, '') AS proposer,
    coalesce(s.label, '') AS seconder,
    x.addressee,
    x.due,
    x.outcome,
    coalesce(a.acts, 0) AS acts,
    coalesce(a.steps, '') AS steps,
    a.start_s,
    a.end_s,
    store.link_to(l.template, l.path, l.offset_s, a.start_s) AS link,
    t.findings_version,
    t.recording_sha256
FROM store.motion AS x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
LEFT JOIN store.voices AS p ON p.tid = x.tid AND p.voice = x.proposer
LEFT JOIN store.voices AS s ON s.tid = x.tid AND s.voice = x.seconder
LEFT JOIN (
    SELECT
        tid, motion_id, count(*) AS acts, string_agg(kind, '; ' ORDER BY position) AS steps,
        min(start_s) AS start_s, max(end_s) AS end_s
    FROM store.act GROUP BY ALL
) AS a ON a.tid = x.tid AND a.motion_id = x.motion_id
LEFT JOIN store.recommendation AS r ON r.tid = x.tid AND r.finding_id = x.finding_id;

COMMENT ON VIEW motions IS
    'One row a recommendation as a meeting dealt with it, in any transcript version: who put it, how it was worded last, how it ended. All are machine-made.';
COMMENT ON COLUMN motions.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN motions.transcript_version IS
    'The version of the transcript: a hash of the recording, the engines and the words.';
COMMENT ON COLUMN motions.motion_id IS
    'The recommendation in the room; it stays as long as its wording is found at the same seconds.';
COMMENT ON COLUMN motions.finding_id IS
    'The finding that carries its wording as last stated.';
COMMENT ON COLUMN motions.reference IS
    'The reference of the recommendation, such as SCSC/2026-27/01; empty where it has none.';
COMMENT ON COLUMN motions.preferred IS
    'Whether this is the transcript of its recording that search and listings use.';
COMMENT ON COLUMN motions.date IS
    'The day of the meeting.';
COMMENT ON COLUMN motions.committee IS
    'The committee that met.';
COMMENT ON COLUMN motions.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN motions.wording IS
    'Its wording as last stated, verbatim.';
COMMENT ON COLUMN motions.proposer IS
    'What the voice is called that proposed it; empty where none was told.';
COMMENT ON COLUMN motions.seconder IS
    'What the voice is called that seconded it; empty where none was heard.';
COMMENT ON COLUMN motions.addressee IS
    'To whom it is directed, as last said.';
COMMENT ON COLUMN motions.due IS
    'The day by which it is to be done, as 2026-06-30; empty where the words mean no day.';
COMMENT ON COLUMN motions.outcome IS
    'agreed, not_agreed, withdrawn or downgraded_to_comment; empty where nothing was settled.';
COMMENT ON COLUMN motions.acts IS
    'How many steps it took; each is a row of register_events.';
COMMENT ON COLUMN motions.steps IS
    'The steps in the order in which they were said, such as floated; put; agreed.';
COMMENT ON COLUMN motions.start_s IS
    'Where its first step begins, in seconds within the recording.';
COMMENT ON COLUMN motions.end_s IS
    'Where its last step ends, in seconds within the recording.';
COMMENT ON COLUMN motions.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN motions.findings_version IS
    'The version of the findings; its engines are in the view engines.';
COMMENT ON COLUMN motions.recording_sha256 IS
    'The sha256 of the recording the row was made from.';
