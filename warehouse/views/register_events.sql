CREATE OR REPLACE VIEW register_events AS
SELECT
    e.reference,
    x.position,
    x.event_id,
    x.day,
    x.ladder,
    x.state,
    x.standing,
    x.told_by,
    x.quote,
    x.who,
    x.link,
    x.meeting_id,
    x.accessed,
    x.source,
    array_to_string(x.reasons, '; ') AS reasons,
    x.note
FROM store.event AS x
JOIN (SELECT key, min(reference) AS reference FROM store.entry GROUP BY ALL) AS e ON e.key = x.key;

COMMENT ON VIEW register_events IS
    'One row a step in the life of a recommendation, with its evidence.';
COMMENT ON COLUMN register_events.reference IS
    'The reference, as in the view register.';
COMMENT ON COLUMN register_events.position IS
    'The order within that life, from 0.';
COMMENT ON COLUMN register_events.event_id IS
    'The step.';
COMMENT ON COLUMN register_events.day IS
    'The day of it, as 2026-06-30.';
COMMENT ON COLUMN register_events.ladder IS
    'recommendation, response or implementation; empty for a note.';
COMMENT ON COLUMN register_events.state IS
    'The state it tells; empty for a note.';
COMMENT ON COLUMN register_events.standing IS
    'heard, claimed, proposed (by likeness alone: it changes nothing), minuted or decided.';
COMMENT ON COLUMN register_events.told_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN register_events.quote IS
    'The words it rests on, verbatim.';
COMMENT ON COLUMN register_events.who IS
    'Who said or wrote them.';
COMMENT ON COLUMN register_events.link IS
    'Where to check it: the second they were said, or an address.';
COMMENT ON COLUMN register_events.meeting_id IS
    'The meeting in which they were said.';
COMMENT ON COLUMN register_events.accessed IS
    'The day on which a page outside the archive was looked at.';
COMMENT ON COLUMN register_events.source IS
    'The act, claim, point of the minutes or line of the ledger it comes from.';
COMMENT ON COLUMN register_events.reasons IS
    'Why a claim or point is taken to be about it.';
COMMENT ON COLUMN register_events.note IS
    'What more there is to say.';
