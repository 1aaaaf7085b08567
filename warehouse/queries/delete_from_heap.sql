DELETE FROM temp.main.posting_heap WHERE uid IN (
    SELECT u.uid FROM store.utterance AS u JOIN store.transcript AS t USING (tid)
    WHERE t.meeting_id = $meeting_id
);
