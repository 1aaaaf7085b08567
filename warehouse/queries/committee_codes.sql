SELECT DISTINCT committee, committee_code FROM store.meeting WHERE committee_code <> '' ORDER BY ALL;
