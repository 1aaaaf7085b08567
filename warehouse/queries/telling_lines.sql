-- Of every voice of a meeting: the turn that first was its own and its two longest, each with the
-- turn before it, which may have called it, and the one after, which may have thanked it.
WITH said AS (
    SELECT
        u.recording_sha256, u.voice, u.speaker, u.text, u.start_s, u.link,
        row_number() OVER (ORDER BY u.recording_sha256, u.position) AS n,
        row_number() OVER (
            PARTITION BY u.recording_sha256, u.voice ORDER BY u.position
        ) AS nth,
        row_number() OVER (
            PARTITION BY u.recording_sha256, u.voice ORDER BY length(u.text) DESC, u.position
        ) AS long
    FROM utterances AS u
    WHERE u.meeting_id = $meeting_id AND u.preferred
)
SELECT
    t.recording_sha256, t.voice, t.n AS turn, a.speaker, a.text, a.start_s, a.link,
    a.n = t.n AS own
FROM said AS t
JOIN said AS a ON a.recording_sha256 = t.recording_sha256 AND a.n BETWEEN t.n - 1 AND t.n + 1
WHERE t.nth = 1 OR t.long <= 2
ORDER BY t.recording_sha256, t.voice, t.n, a.n;
