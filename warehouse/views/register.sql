CREATE OR REPLACE VIEW register AS
SELECT
    e.reference,
    e.committee,
    e.meeting_date,
    e.agenda_item,
    e.minute_no,
    e.kind,
    e.text_minuted,
    e.text_spoken,
    e.proposer,
    e.seconder,
    e.vote,
    e.recipient,
    e.recipient_kind,
    e.cabinet_member,
    e.lead_officer,
    e.referred_on,
    e.received_on,
    e.response_basis,
    e.response_due,
    e.due_kind,
    e.response,
    e.response_date,
    e.response_body,
    e.response_text,
    e.response_reason,
    e.status,
    e.rag,
    e.action_due,
    e.progress,
    replace(e.evidence_urls, chr(10), ' ') AS evidence_urls,
    e.last_checked,
    e.closed_on,
    e.closed_reason,
    e.superseded_by,
    e.note,
    e.recommendation,
    e.disputed,
    e.proposed,
    e.silent,
    e.overdue,
    e.open,
    e.meeting_id,
    e.council,
    e.finding_id,
    e.link,
    current_date AS as_of
FROM store.entry AS e
WHERE e.valid_from <= current_date AND (e.valid_until IS NULL OR current_date < e.valid_until);

COMMENT ON VIEW register IS
    'One row a recommendation, with where it stands on the day of asking: folded from what was heard, minuted and decided up to the load. Not a finding of law.';
COMMENT ON COLUMN register.reference IS
    'The reference, such as SCSC/2026-27/01; the id of its finding where it has none.';
COMMENT ON COLUMN register.committee IS
    'The committee that made it.';
COMMENT ON COLUMN register.meeting_date IS
    'The day of that meeting, as 2026-06-30.';
COMMENT ON COLUMN register.agenda_item IS
    'Number and title of the agenda item.';
COMMENT ON COLUMN register.minute_no IS
    'The number of the minute.';
COMMENT ON COLUMN register.kind IS
    'recommendation.';
COMMENT ON COLUMN register.text_minuted IS
    'The minuted wording, verbatim: the official one.';
COMMENT ON COLUMN register.text_spoken IS
    'The spoken wording, verbatim.';
COMMENT ON COLUMN register.proposer IS
    'Who proposed it, as shown.';
COMMENT ON COLUMN register.seconder IS
    'Who seconded it, as shown.';
COMMENT ON COLUMN register.vote IS
    'How it was voted on.';
COMMENT ON COLUMN register.recipient IS
    'To whom it is directed.';
COMMENT ON COLUMN register.recipient_kind IS
    'Of which kind that is, such as executive.';
COMMENT ON COLUMN register.cabinet_member IS
    'The cabinet member responsible.';
COMMENT ON COLUMN register.lead_officer IS
    'The officer responsible.';
COMMENT ON COLUMN register.referred_on IS
    'The day on which it was sent.';
COMMENT ON COLUMN register.received_on IS
    'The day on which it was received: the clock starts there.';
COMMENT ON COLUMN register.response_basis IS
    'Which rule asks for an answer.';
COMMENT ON COLUMN register.response_due IS
    'The day by which an answer is due.';
COMMENT ON COLUMN register.due_kind IS
    'What makes it due: statutory, constitution rule, stated by committee or estimated.';
COMMENT ON COLUMN register.response IS
    'The state of the answer, such as accepted_in_part.';
COMMENT ON COLUMN register.response_date IS
    'The day of the answer.';
COMMENT ON COLUMN register.response_body IS
    'Who answered.';
COMMENT ON COLUMN register.response_text IS
    'The answer, verbatim.';
COMMENT ON COLUMN register.response_reason IS
    'The reasons given.';
COMMENT ON COLUMN register.status IS
    'The state of what was done, such as in_progress.';
COMMENT ON COLUMN register.rag IS
    'Green, Amber, Red or nothing.';
COMMENT ON COLUMN register.action_due IS
    'The day by which it is to be done.';
COMMENT ON COLUMN register.progress IS
    'The last that was said of what is done.';
COMMENT ON COLUMN register.evidence_urls IS
    'Addresses of evidence outside the archive, with a space between them.';
COMMENT ON COLUMN register.last_checked IS
    'The last day on which it was looked for.';
COMMENT ON COLUMN register.closed_on IS
    'The day on which it left the list.';
COMMENT ON COLUMN register.closed_reason IS
    'Why.';
COMMENT ON COLUMN register.superseded_by IS
    'What took its place.';
COMMENT ON COLUMN register.note IS
    'What people noted.';
COMMENT ON COLUMN register.recommendation IS
    'What the committee did with it, such as agreed; empty where its meeting is not in the archive.';
COMMENT ON COLUMN register.disputed IS
    'Whether somebody disputes what is said of it.';
COMMENT ON COLUMN register.proposed IS
    'How many links wait for a person.';
COMMENT ON COLUMN register.silent IS
    'Whether it was agreed, is past its day or meetings on, and nothing was found of it in what was searched.';
COMMENT ON COLUMN register.overdue IS
    'Whether a day that binds has passed.';
COMMENT ON COLUMN register.open IS
    'Whether somebody still has to look at it.';
COMMENT ON COLUMN register.meeting_id IS
    'The meeting that made it, as its meeting file names it.';
COMMENT ON COLUMN register.council IS
    'The council.';
COMMENT ON COLUMN register.finding_id IS
    'The finding that carries its wording; empty where it came with a tracker.';
COMMENT ON COLUMN register.link IS
    'The address that plays its wording.';
COMMENT ON COLUMN register.as_of IS
    'The day of asking, for which late and silent are told.';
