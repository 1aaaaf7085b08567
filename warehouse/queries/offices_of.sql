-- What rosters say of a name: committee by committee, the latest first.
SELECT
    m.council, m.committee, m.committee_code, p.role, p.kind, p.ward, p.party,
    min(m.date) AS first, max(m.date) AS last, count(*) AS meetings,
    count(*) FILTER (WHERE p.attendance = 'apologies') AS apologies
FROM people AS p
JOIN store.meeting AS m ON m.meeting_id = p.meeting_id
WHERE p.name = $name
GROUP BY ALL
ORDER BY last DESC, m.committee, p.role;
