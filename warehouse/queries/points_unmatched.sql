-- Points of minutes on which somebody is to act and that nothing said was matched to, as the last
-- document has them.
SELECT
    p.point_id, p.meeting_id, p.date, p.committee, m.committee_code, m.municipal_year, p.state,
    p.kind, trim(p.lead || ' ' || p.text) AS minuted, p.heading, p.item, p.item_title, p.minute_no,
    p.label, p.mover, p.seconder, p.vote, p.addressee, p.link
FROM minute_points AS p
JOIN store.meeting AS m ON m.meeting_id = p.meeting_id
WHERE p.finding_id = '' AND p.heading <> 'LOST'
    AND p.kind IN ('recommendation', 'information request', 'action')
    AND NOT EXISTS (
        FROM store.minute_match AS k WHERE k.meeting_id = p.meeting_id AND k.point_id = p.point_id
    )
QUALIFY row_number() OVER (
    PARTITION BY p.meeting_id, p.point_id ORDER BY p.state = 'approved' DESC, p.fetched_at DESC
) = 1
ORDER BY p.date DESC, p.meeting_id, p.position;
