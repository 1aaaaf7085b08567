-- What a citation adds to a hit: whose meeting it was and which engine wrote its words.
SELECT t.meeting_id, t.transcript_version, m.council, m.committee, m.date, t.engine,
    t.engine_version, t.model
FROM transcripts AS t
JOIN meetings AS m ON m.meeting_id = t.meeting_id
WHERE list_contains($meeting_ids, t.meeting_id);
