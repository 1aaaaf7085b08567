SELECT
    f.reference, f.finding_id, f.kind, f.meeting_id, f.date, f.committee, f.item,
    coalesce(i.title, '') AS item_title, f.speaker, f.person, f.quote, f.sentence, f.start_s, f.end_s,
    f.link, f.score, f.rules, f.agreed, f.addressee, f.due, f.action,
    f.holder, f.deadline, f.condition, f.whose, f.matter, f.wording,
    f.standing, f.decided_by, f.decided_when,
    f.sentence_id, f.utterance_id, f.transcript_version, f.findings_version, f.recording_sha256
FROM findings AS f
JOIN meetings AS m ON m.meeting_id = f.meeting_id
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM items GROUP BY ALL
) AS i ON i.meeting_id = f.meeting_id AND i.item = f.item
WHERE f.kind = $kind
    AND f.standing <> 'rejected by a person'
    AND (f.preferred OR $all_versions)
    AND ($meeting = '' OR f.meeting_id = $meeting)
    AND (
        $committee = '' OR lower(m.committee) = lower($committee)
        OR lower(m.committee_code) = lower($committee)
    )
    AND ($first::DATE IS NULL OR f.date >= $first::DATE)
    AND ($last::DATE IS NULL OR f.date <= $last::DATE)
    AND ($item = '' OR f.item = $item)
    AND ($speaker = '' OR contains(
        ' ' || strip_accents(lower(concat_ws(' ', f.speaker, f.person))) || ' ',
        ' ' || strip_accents(lower(trim($speaker))) || ' '
    ))
ORDER BY f.date, f.meeting_id, f.recording_sha256, f.start_s, f.finding_id, f.transcript_version;
