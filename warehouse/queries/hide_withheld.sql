DELETE FROM store.hidden WHERE meeting_id = '';
