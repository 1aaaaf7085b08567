SELECT point_id, meeting_id, council, committee, day, text, about
FROM store.published() ORDER BY day, meeting_id, position, point_id;
