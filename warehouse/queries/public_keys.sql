SELECT DISTINCT name_key FROM store.person WHERE meeting_id = $meeting_id AND kind = 'public';
