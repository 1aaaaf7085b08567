CREATE OR REPLACE VIEW links AS
SELECT
    k.claim_id,
    k.finding_id,
    r.reference,
    k.score,
    k.standing,
    array_to_string(k.reasons, '; ') AS reasons,
    coalesce(d.verdict, '') AS verdict,
    coalesce(d.decided_by, 'machine') AS decided_by,
    d.decided_when,
    c.status,
    c.quote,
    c.who AS speaker,
    c.meeting_id,
    c.day AS date,
    c.link
FROM store.link AS k
JOIN store.claims_told() AS c ON c.claim_id = k.claim_id
JOIN store.recommendation AS r ON r.finding_id = k.finding_id
LEFT JOIN (
    SELECT key, claim_id, verdict, decided_by, decided_when FROM store.line
    WHERE kind = 'link' AND verdict IN ('accepted', 'rejected')
    QUALIFY row_number() OVER (PARTITION BY key, claim_id ORDER BY position DESC) = 1
) AS d ON d.claim_id = k.claim_id AND d.key = r.key;

COMMENT ON VIEW links IS
    'One row a claim, or an answer in print, tied to a recommendation by the machine, with its reasons and what a person said of it.';
COMMENT ON COLUMN links.claim_id IS
    'The claim, see the view claims; or the point of the minutes that answers, see minute_points.';
COMMENT ON COLUMN links.finding_id IS
    'The recommendation that it may be about.';
COMMENT ON COLUMN links.reference IS
    'The reference of the recommendation, such as SCSC/2026-27/01; empty where it has none.';
COMMENT ON COLUMN links.score IS
    'How sure the machine is, from 0 to 1.';
COMMENT ON COLUMN links.standing IS
    'certain where a reference or minute number was said, else proposed: by likeness alone, for a person to confirm.';
COMMENT ON COLUMN links.reasons IS
    'Why, strongest first, with a semicolon between them.';
COMMENT ON COLUMN links.verdict IS
    'accepted or rejected, where a person decided; else empty.';
COMMENT ON COLUMN links.decided_by IS
    'machine, or the person who decided.';
COMMENT ON COLUMN links.decided_when IS
    'When a person decided; null where nobody has.';
COMMENT ON COLUMN links.status IS
    'The state that the claim tells.';
COMMENT ON COLUMN links.quote IS
    'The words of the claim, verbatim.';
COMMENT ON COLUMN links.speaker IS
    'What the voice is called that made the claim, or the body whose minutes or decisions answer.';
COMMENT ON COLUMN links.meeting_id IS
    'The meeting in which it was said.';
COMMENT ON COLUMN links.date IS
    'The day of that meeting.';
COMMENT ON COLUMN links.link IS
    'The address that plays that meeting from this second on, or that of the published answer.';
