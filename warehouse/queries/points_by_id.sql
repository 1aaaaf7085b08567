-- Points of minutes as they stand in every document that holds them, matched to something or not.
SELECT
    p.point_id,
    p.minute_no,
    trim(concat_ws(' ', p.lead, p.text)) AS text,
    d.state = 'approved' AS approved,
    coalesce(try_cast(nullif(d.approved_on, '') AS DATE), m.date) AS day,
    p.vote,
    coalesce(nullif(p.link, ''), d.source) AS link,
    p.meeting_id
FROM store.minute_point AS p
JOIN store.minutes AS d ON d.meeting_id = p.meeting_id AND d.version = p.version
JOIN store.meeting AS m ON m.meeting_id = p.meeting_id
WHERE list_contains($point_ids, p.point_id)
ORDER BY p.point_id, approved, p.version;
