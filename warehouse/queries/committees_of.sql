SELECT DISTINCT committee FROM store.meeting WHERE council = $council ORDER BY ALL;
