CREATE OR REPLACE VIEW minute_points AS
SELECT
    x.meeting_id,
    d.version AS minutes_version,
    x.point_id,
    x.position,
    m.date,
    m.committee,
    d.state,
    x.kind,
    x.heading,
    x.item,
    x.item_title,
    x.minute_no,
    x.label,
    x.lead,
    x.text,
    x.mover,
    x.seconder,
    x.vote,
    x.addressee,
    coalesce(k.finding_id, '') AS finding_id,
    coalesce(r.reference, '') AS reference,
    k.score,
    coalesce(k.standing, '') AS standing,
    coalesce(array_to_string(k.reasons, '; '), '') AS reasons,
    d.source,
    x.link,
    x.answer,
    d.approved_on,
    d.fetched_at,
    d.document_sha256,
    d.engine
FROM store.minute_point AS x
JOIN store.minutes AS d ON d.meeting_id = x.meeting_id AND d.version = x.version
JOIN store.meeting AS m ON m.meeting_id = x.meeting_id
LEFT JOIN store.minute_match AS k
    ON k.meeting_id = x.meeting_id AND k.version = x.version AND k.point_id = x.point_id
LEFT JOIN (
    SELECT finding_id, min(reference) AS reference FROM store.recommendation GROUP BY ALL
) AS r ON r.finding_id = k.finding_id;

COMMENT ON VIEW minute_points IS
    'One row a point of the minutes and the spoken recommendation it matches, if any: a point may match several.';
COMMENT ON COLUMN minute_points.meeting_id IS
    'The meeting, as its meeting file names it.';
COMMENT ON COLUMN minute_points.minutes_version IS
    'The version of the minutes: a hash of the document and how it was read.';
COMMENT ON COLUMN minute_points.point_id IS
    'The point; the same words at the same item keep it from draft to approved.';
COMMENT ON COLUMN minute_points.position IS
    'The order in the document, from 0.';
COMMENT ON COLUMN minute_points.date IS
    'The day of the meeting.';
COMMENT ON COLUMN minute_points.committee IS
    'The committee that met.';
COMMENT ON COLUMN minute_points.state IS
    'decisions (published before there were minutes), draft or approved.';
COMMENT ON COLUMN minute_points.kind IS
    'recommendation, information request, action, noting, agreement of minutes, procedure or statement.';
COMMENT ON COLUMN minute_points.heading IS
    'Under which word it stands, such as RESOLVED.';
COMMENT ON COLUMN minute_points.item IS
    'The number of the agenda item as printed.';
COMMENT ON COLUMN minute_points.item_title IS
    'The title of the item as printed.';
COMMENT ON COLUMN minute_points.minute_no IS
    'The number of the minute as printed.';
COMMENT ON COLUMN minute_points.label IS
    'The number of the point as printed.';
COMMENT ON COLUMN minute_points.lead IS
    'The words before the list that belong to each of its points.';
COMMENT ON COLUMN minute_points.text IS
    'Its words, verbatim.';
COMMENT ON COLUMN minute_points.mover IS
    'Who moved it, as printed.';
COMMENT ON COLUMN minute_points.seconder IS
    'Who seconded it, as printed.';
COMMENT ON COLUMN minute_points.vote IS
    'How it was voted on, as printed.';
COMMENT ON COLUMN minute_points.addressee IS
    'The words for who is asked.';
COMMENT ON COLUMN minute_points.finding_id IS
    'The recommendation that was said; empty where none was matched.';
COMMENT ON COLUMN minute_points.reference IS
    'The reference of the recommendation, such as SCSC/2026-27/01; empty where it has none.';
COMMENT ON COLUMN minute_points.score IS
    'How alike the two wordings are, from 0 to 1; null where none was matched.';
COMMENT ON COLUMN minute_points.standing IS
    'certain by an explicit key, matched by a clear margin, or proposed for a person to confirm.';
COMMENT ON COLUMN minute_points.reasons IS
    'Why, strongest first, with a semicolon between them.';
COMMENT ON COLUMN minute_points.source IS
    'The file or address of the document.';
COMMENT ON COLUMN minute_points.link IS
    'The address of the point, where it has one.';
COMMENT ON COLUMN minute_points.answer IS
    'The response state that an executive tells here of a recommendation of scrutiny, such as accepted_in_principle; else empty. The view links says of which.';
COMMENT ON COLUMN minute_points.approved_on IS
    'The day on which they were approved, as 2026-06-30; empty where that is not known.';
COMMENT ON COLUMN minute_points.fetched_at IS
    'When the document was read.';
COMMENT ON COLUMN minute_points.document_sha256 IS
    'The sha256 of the document.';
COMMENT ON COLUMN minute_points.engine IS
    'What read it.';
