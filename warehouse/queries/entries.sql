-- The entries as they stand on a day, as far as they were folded for it.
SELECT
    e.key,
    e.reference, e.committee, e.meeting_date, e.agenda_item, e.minute_no, e.kind,
    e.text_minuted, e.text_spoken, e.proposer, e.seconder, e.vote, e.recipient,
    e.recipient_kind, e.cabinet_member, e.lead_officer, e.referred_on, e.received_on,
    e.response_basis, e.response_due, e.due_kind, e.response, e.response_date,
    e.response_body, e.response_text, e.response_reason, e.status, e.rag, e.action_due,
    e.progress, e.evidence_urls, e.last_checked, e.closed_on, e.closed_reason,
    e.superseded_by, e.note, e.recommendation, e.disputed, e.proposed, e.silent, e.overdue,
    e.open, e.meeting_id, e.council, e.finding_id, e.link
FROM store.entry AS e
WHERE e.valid_from <= $today::DATE AND (e.valid_until IS NULL OR $today::DATE < e.valid_until)
    AND ($every OR list_contains($keys, e.key));
