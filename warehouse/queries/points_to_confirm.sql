-- Points of minutes that may be the wording of a recommendation; beside each, what was said.
SELECT
    p.point_id, p.reference, p.finding_id, p.meeting_id, p.date, p.committee, p.state,
    trim(p.lead || ' ' || p.text) AS minuted, p.item, p.minute_no, p.label, p.vote, p.score,
    p.reasons, f.quote, f.speaker, f.start_s, f.end_s, f.sentence_id, f.transcript_version,
    f.recording_sha256, f.link
FROM minute_points AS p
JOIN findings AS f ON f.finding_id = p.finding_id AND f.meeting_id = p.meeting_id AND f.preferred
WHERE p.standing = 'proposed' AND p.reference <> ''
ORDER BY p.date, p.meeting_id, p.position, p.reference;
