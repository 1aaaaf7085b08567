-- The voices that speak and of which no person has said whose they are; of one meeting, or of all.
SELECT
    s.meeting_id, s.voice, s.speaker, s.person, s.kind, s.words, s.margin, s.recording_sha256
FROM speakers AS s
WHERE s.preferred AND s.decided_by = 'machine' AND s.words > 0 AND s.voice <> $unknown
    AND ($meeting_id = '' OR s.meeting_id = $meeting_id)
ORDER BY s.meeting_id, s.recording_sha256, s.voice;
