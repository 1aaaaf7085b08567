-- Points of minutes on which somebody is to act and that nothing said was matched to.
SELECT
    p.meeting_id, p.date, p.committee, p.state, p.minute_no, p.item, p.label,
    trim(p.lead || ' ' || p.text) AS minuted, p.heading
FROM minute_points AS p
WHERE p.finding_id = '' AND p.heading <> 'LOST'
    AND p.kind IN ('recommendation', 'information request', 'action')
ORDER BY p.date DESC, p.meeting_id, p.position;
