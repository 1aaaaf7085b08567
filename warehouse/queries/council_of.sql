SELECT council FROM store.meeting WHERE meeting_id = $meeting_id;
