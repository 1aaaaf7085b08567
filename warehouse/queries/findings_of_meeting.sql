-- The findings of every kind that stand in one meeting, in the order said.
SELECT
    f.reference, f.finding_id, f.kind, f.meeting_id, f.date, f.committee, f.item,
    coalesce(i.title, '') AS item_title, f.speaker, f.person, f.quote, f.sentence, f.start_s, f.end_s,
    f.link, f.score, f.rules, f.agreed, f.addressee, f.due, f.action,
    f.holder, f.deadline, f.condition, f.whose, f.matter, f.wording,
    f.standing, f.decided_by, f.decided_when,
    f.sentence_id, f.utterance_id, f.transcript_version, f.findings_version, f.recording_sha256
FROM findings AS f
LEFT JOIN (
    SELECT item, min(title) AS title FROM items WHERE meeting_id = $meeting_id GROUP BY ALL
) AS i ON i.item = f.item
WHERE f.meeting_id = $meeting_id AND f.preferred AND f.standing <> 'rejected by a person'
ORDER BY f.recording_sha256, f.start_s, f.finding_id;
