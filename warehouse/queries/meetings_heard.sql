SELECT council, committee, day FROM store.meetings_heard() ORDER BY ALL;
