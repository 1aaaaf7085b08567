-- What a linker is told from: recommendations, claims and concerns of preferred transcripts.

-- Recommendations that later words may be about, agreed or not, in the order they were made.
CREATE OR REPLACE MACRO store.wanted() AS TABLE
SELECT
    r.finding_id, t.tid, t.meeting_id, t.recording_sha256, m.council, m.committee,
    m.date AS day, f.start_s, r.reference,
    coalesce(nullif(o.addressee, ''), f.addressee) AS addressee, f.matter,
    coalesce(i.title, '') AS item_title,
    CASE
        WHEN o.tid IS NOT NULL THEN o.outcome
        WHEN f.agreed THEN 'agreed'
        WHEN NOT f.agreed THEN 'not_agreed'
        ELSE ''
    END AS outcome,
    coalesce(a.settled_s, f.start_s) AS settled_s,
    coalesce(n.minute_nos, []::VARCHAR[]) AS minute_nos,
    list_concat([f.sid], coalesce(a.sids, []::UINTEGER[])) AS sids
FROM store.recommendation AS r
JOIN store.transcript AS t ON t.tid = r.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.finding AS f ON f.tid = r.tid AND f.finding_id = r.finding_id
LEFT JOIN store.motion AS o ON o.tid = r.tid AND o.motion_id = r.motion_id
LEFT JOIN (
    SELECT
        tid, motion_id, list(sid ORDER BY position) AS sids,
        max_by(start_s, position) AS settled_s
    FROM store.act GROUP BY ALL
) AS a ON a.tid = r.tid AND a.motion_id = r.motion_id
LEFT JOIN (
    SELECT x.finding_id, list(DISTINCT p.minute_no ORDER BY p.minute_no) AS minute_nos
    FROM store.minute_match AS x
    JOIN store.minute_point AS p
        ON p.meeting_id = x.meeting_id AND p.version = x.version AND p.point_id = x.point_id
    WHERE x.standing <> 'proposed' AND p.minute_no <> ''
    GROUP BY ALL
) AS n ON n.finding_id = r.finding_id
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = coalesce(o.item, f.item)
WHERE r.main;

-- Claims of what became of something, in the order they were said.
CREATE OR REPLACE MACRO store.spoken() AS TABLE
SELECT
    c.claim_id, c.status, c.quote, c.sentence_id, c.utterance_id, c.voice, c.start_s, c.end_s,
    c.item, c.keys, c.said_of, c.rules, c.score,
    t.meeting_id, t.recording_sha256, m.council, m.committee, m.date AS day,
    coalesce(i.title, '') AS item_title, a.sids
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid AND t.preferred
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN (
    SELECT tid, claim_id, list(sid ORDER BY position) AS sids FROM store.claim_about GROUP BY ALL
) AS a ON a.tid = c.tid AND a.claim_id = c.claim_id
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = c.item;

-- Concerns that stand, in the order they were voiced, each with the sentences of the turns nearby
-- under its item and how many turns after its own (before it, if negative) each stands. Who is told
-- by name; a voice without one is nobody outside its recording.
CREATE OR REPLACE MACRO store.worries(nearby) AS TABLE
SELECT
    f.finding_id, t.meeting_id, t.recording_sha256, m.council, m.committee, m.date AS day, f.start_s,
    coalesce(v.name, t.meeting_id || ' ' || f.voice) AS who,
    f.matter, coalesce(i.title, '') AS item_title, f.sid, u.sids, u.offsets
FROM store.finding AS f
JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.voices AS v ON v.tid = f.tid AND v.voice = f.voice
JOIN store.sentence AS own ON own.sid = f.sid
JOIN (
    SELECT
        o.uid, list(s.sid ORDER BY s.sid) AS sids,
        list(CAST(s.uid AS INTEGER) - CAST(o.uid AS INTEGER) ORDER BY s.sid) AS offsets
    FROM (
        SELECT DISTINCT t.uid, t.tid, t.item
        FROM store.utterance AS t
        JOIN store.sentence AS c ON c.uid = t.uid
        JOIN store.finding AS k ON k.sid = c.sid AND k.kind = 'concern'
    ) AS o
    JOIN store.utterance AS n
        ON n.tid = o.tid AND (n.item = o.item OR n.uid = o.uid)
        AND n.uid BETWEEN greatest(o.uid, nearby) - nearby AND o.uid + nearby
    JOIN store.sentence AS s ON s.uid = n.uid
    GROUP BY o.uid
) AS u ON u.uid = own.uid
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = f.item
WHERE f.kind = 'concern'
    AND NOT EXISTS (
        FROM store.finding_decision AS d
        WHERE d.tid = f.tid AND d.finding_id = f.finding_id AND d.verdict = 'rejected'
    );

-- Concerns to which somebody who is no councillor spoke next or next but one under the same item, or
-- under whose item something was promised later.
CREATE OR REPLACE MACRO store.answered() AS TABLE
SELECT DISTINCT f.finding_id
FROM store.finding AS f
JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
JOIN store.sentence AS s ON s.sid = f.sid
WHERE f.kind = 'concern'
    AND (
        EXISTS (
            FROM store.finding AS u
            WHERE u.tid = f.tid AND u.item = f.item AND u.kind = 'undertaking'
                AND u.start_s > f.start_s
        )
        OR EXISTS (
            FROM store.utterance AS u
            JOIN store.voices AS v ON v.tid = u.tid AND v.voice = u.voice
            JOIN store.person AS p ON p.meeting_id = t.meeting_id AND p.name = v.name
            WHERE u.tid = f.tid AND u.item = f.item AND u.uid > s.uid AND u.uid <= s.uid + 2
                AND p.kind IN ('officer', 'guest')
        )
    );
