CREATE OR REPLACE VIEW concern_threads AS
SELECT
    h.thread_id,
    h.title,
    x.position,
    f.finding_id,
    f.meeting_id,
    f.date,
    f.committee,
    f.item,
    f.speaker,
    f.person,
    f.quote,
    f.start_s,
    f.link,
    a.finding_id IS NOT NULL AS answered
FROM store.thread AS h
JOIN store.thread_finding AS x ON x.thread_id = h.thread_id
JOIN findings AS f ON f.finding_id = x.finding_id
LEFT JOIN store.answered() AS a ON a.finding_id = f.finding_id
WHERE f.preferred AND f.kind = 'concern' AND f.standing <> 'rejected by a person';

COMMENT ON VIEW concern_threads IS
    'One row a concern that belongs to a thread: the same worry, raised by several people or in several meetings, as the machine has it.';
COMMENT ON COLUMN concern_threads.thread_id IS
    'The thread.';
COMMENT ON COLUMN concern_threads.title IS
    'Its title, in the words of one of its concerns.';
COMMENT ON COLUMN concern_threads.position IS
    'The order within the thread, from 0.';
COMMENT ON COLUMN concern_threads.finding_id IS
    'The concern; see the view concerns.';
COMMENT ON COLUMN concern_threads.meeting_id IS
    'The meeting in which it was raised.';
COMMENT ON COLUMN concern_threads.date IS
    'The day of the meeting.';
COMMENT ON COLUMN concern_threads.committee IS
    'The committee that met.';
COMMENT ON COLUMN concern_threads.item IS
    'The number of the agenda item; empty where none was matched.';
COMMENT ON COLUMN concern_threads.speaker IS
    'What the voice is called: a name, a role, "Member of the public 2" or "Speaker 4".';
COMMENT ON COLUMN concern_threads.person IS
    'The name of the person; null where evidence is lacking or the name is not to be shown.';
COMMENT ON COLUMN concern_threads.quote IS
    'The words it rests on, verbatim.';
COMMENT ON COLUMN concern_threads.start_s IS
    'Where it begins, in seconds within the recording.';
COMMENT ON COLUMN concern_threads.link IS
    'The address that plays the meeting from this second on.';
COMMENT ON COLUMN concern_threads.answered IS
    'Whether somebody who is no councillor spoke next or next but one under the same item, or something was promised later under it; not whether the answer was any good.';
