CREATE OR REPLACE VIEW people AS
SELECT
    p.meeting_id,
    p.position,
    p.name,
    coalesce(
        p.name, CASE p.kind WHEN 'public' THEN 'Member of the public' ELSE 'Name withheld' END
    ) AS label,
    p.role,
    p.kind,
    p.party,
    p.ward,
    p.attendance
FROM store.person AS p;

COMMENT ON VIEW people IS
    'One row a line of a meeting''s roster. Names of members of the public, and names withheld by a decision, are not in this file.';
COMMENT ON COLUMN people.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN people.position IS
    'Order on the roster, from 0.';
COMMENT ON COLUMN people.name IS
    'The name; null where it is not to be shown.';
COMMENT ON COLUMN people.label IS
    'What is shown: the name, or why there is none.';
COMMENT ON COLUMN people.role IS
    'The role at this meeting.';
COMMENT ON COLUMN people.kind IS
    'councillor, officer, guest, coopted or public.';
COMMENT ON COLUMN people.party IS
    'The party, for councillors.';
COMMENT ON COLUMN people.ward IS
    'The ward, for councillors.';
COMMENT ON COLUMN people.attendance IS
    'present, apologies, substitute, in attendance, or empty where not known.';
