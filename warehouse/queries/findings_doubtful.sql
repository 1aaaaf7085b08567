-- Findings that a machine made, is less sure of than $sure, and nobody has decided about.
SELECT
    f.reference, f.finding_id, f.kind, f.meeting_id, f.date, f.committee, f.item,
    coalesce(i.title, '') AS item_title, f.speaker, f.person, f.quote, f.sentence, f.start_s, f.end_s,
    f.link, f.score, f.rules, f.agreed, f.addressee, f.due, f.action,
    f.holder, f.deadline, f.condition, f.whose, f.matter, f.wording,
    f.standing, f.decided_by, f.decided_when,
    f.sentence_id, f.utterance_id, f.transcript_version, f.findings_version, f.recording_sha256
FROM findings AS f
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = f.meeting_id AND i.item = f.item
WHERE f.preferred AND f.score < $sure AND f.decided_by = 'machine'
ORDER BY f.date, f.meeting_id, f.start_s, f.finding_id;
