SELECT f.* EXCLUDE (preferred)
FROM store.found AS f
JOIN meetings AS m ON m.meeting_id = f.meeting_id
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
