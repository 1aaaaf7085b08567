SELECT DISTINCT committee FROM store.meeting ORDER BY ALL;
