-- Which engines made what is shown, and of how many meetings.
SELECT
    e.task, e.engine, e.engine_version, e.model, count(DISTINCT e.meeting_id) AS meetings
FROM engines AS e
JOIN transcripts AS t
    ON t.meeting_id = e.meeting_id AND t.transcript_version = e.transcript_version
    AND t.recording_sha256 = e.recording_sha256
WHERE t.preferred
GROUP BY ALL
ORDER BY min(e.part = 'transcript') DESC, e.task, meetings DESC, e.engine, e.engine_version;
