-- Sentences that may hold a word, in the order in which they were said. What is written in more
-- than plain letters and the usual marks is let through, because its folding is not DuckDB's.
WITH x AS (
    SELECT
        s.sid, s.tid, lower(translate(s.text, '’‘ʼ“”„–—…£', '''''''""" --  ')) AS plain
    FROM store.sentence AS s
)
SELECT x.sid
FROM x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
LEFT JOIN (
    SELECT meeting_id, recording_sha256, min(position) AS position FROM store.recording GROUP BY ALL
) AS r ON r.meeting_id = t.meeting_id AND r.recording_sha256 = t.recording_sha256
WHERE (t.preferred OR $all_versions)
    AND (contains(x.plain, $word) OR strlen(x.plain) <> length(x.plain))
ORDER BY m.date, m.start, t.meeting_id, r.position, x.sid;
