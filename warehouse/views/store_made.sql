-- What the register is folded from, one macro a kind: each row has the key of its recommendation.
CREATE OR REPLACE MACRO store.made() AS TABLE
SELECT
    r.key,
    r.reference,
    r.finding_id,
    m.council,
    m.committee,
    t.meeting_id,
    m.date AS day,
    f.item,
    coalesce(i.title, '') AS item_title,
    CASE WHEN o.tid IS NOT NULL THEN o.wording WHEN f.wording <> '' THEN f.wording ELSE f.quote END
        AS text_spoken,
    f.action,
    coalesce(p.label, '') AS proposer,
    coalesce(s.label, '') AS seconder,
    coalesce(nullif(o.addressee, ''), f.addressee) AS addressee,
    coalesce(nullif(o.due, ''), f.due) AS due,
    f.deadline,
    f.condition,
    CASE
        WHEN o.tid IS NOT NULL THEN o.outcome
        WHEN f.agreed THEN 'agreed'
        WHEN NOT f.agreed THEN 'not_agreed'
        ELSE ''
    END AS outcome,
    store.link_to(l.template, l.path, l.offset_s, f.start_s) AS link
FROM store.recommendation AS r
JOIN store.transcript AS t ON t.tid = r.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = r.tid
JOIN store.finding AS f ON f.tid = r.tid AND f.finding_id = r.finding_id
LEFT JOIN store.motion AS o ON o.tid = r.tid AND o.motion_id = r.motion_id
LEFT JOIN store.voices AS p
    ON p.tid = r.tid AND p.voice = CASE WHEN o.tid IS NULL THEN f.voice ELSE o.proposer END
LEFT JOIN store.voices AS s ON s.tid = r.tid AND s.voice = o.seconder
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = f.item
WHERE r.main;

CREATE OR REPLACE MACRO store.acts_of() AS TABLE
SELECT
    r.key,
    a.motion_id,
    a.position,
    m.date AS day,
    a.kind,
    a.quote,
    v.label AS who,
    store.link_to(l.template, l.path, l.offset_s, a.start_s) AS link,
    t.meeting_id,
    a.rule
FROM store.recommendation AS r
JOIN store.act AS a ON a.tid = r.tid AND a.motion_id = r.motion_id
JOIN store.transcript AS t ON t.tid = r.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = r.tid
JOIN store.voices AS v ON v.tid = a.tid AND v.voice = a.voice
WHERE r.main;

-- What an executive answered in print: of the accounts of one meeting the last in authority holds.
CREATE OR REPLACE MACRO store.published() AS TABLE
SELECT
    p.point_id, p.meeting_id, m.council, m.committee, m.date AS day, p.answer,
    trim(concat_ws(' ', p.lead, p.text)) AS text, p.about, p.position,
    CASE WHEN p.link <> '' THEN p.link WHEN d.source LIKE 'http%' THEN d.source ELSE '' END AS link,
    d.fetched_at[:10] AS accessed
FROM store.minute_point AS p
JOIN (
    SELECT * FROM store.minutes QUALIFY row_number() OVER (
        PARTITION BY meeting_id
        ORDER BY list_position(['decisions', 'draft', 'approved'], state) DESC
    ) = 1
) AS d ON d.meeting_id = p.meeting_id AND d.version = p.version
JOIN store.meeting AS m ON m.meeting_id = p.meeting_id
WHERE p.answer <> '';

-- Claims that were made aloud, and answers in print.
CREATE OR REPLACE MACRO store.claims_told() AS TABLE
SELECT
    c.claim_id,
    c.status,
    m.date AS day,
    c.quote,
    v.label AS who,
    store.link_to(l.template, l.path, l.offset_s, c.start_s) AS link,
    t.meeting_id,
    c.said_of,
    l.offset_s + c.start_s AS start_s,
    '' AS accessed
FROM store.claim AS c
JOIN store.transcript AS t ON t.tid = c.tid AND t.preferred
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = c.tid
JOIN store.voices AS v ON v.tid = c.tid AND v.voice = c.voice
UNION ALL
SELECT
    p.point_id, p.answer, p.day, p.text, p.committee, p.link, p.meeting_id, '', 0.0, p.accessed
FROM store.published() AS p;

CREATE OR REPLACE MACRO store.told() AS TABLE
SELECT r.key, r.reference, k.standing, k.reasons, k.score, c.*
FROM store.link AS k
JOIN store.claims_told() AS c ON c.claim_id = k.claim_id
JOIN store.recommendation AS r ON r.finding_id = k.finding_id
QUALIFY row_number() OVER (PARTITION BY r.key, k.claim_id ORDER BY k.score DESC, k.position) = 1;

CREATE OR REPLACE MACRO store.minuted() AS TABLE
SELECT
    r.key,
    r.reference,
    p.point_id,
    p.minute_no,
    trim(concat_ws(' ', p.lead, p.text)) AS text,
    d.state = 'approved' AS approved,
    coalesce(try_cast(nullif(d.approved_on, '') AS DATE), m.date) AS day,
    x.standing,
    x.reasons,
    x.score,
    p.vote,
    coalesce(nullif(p.link, ''), d.source) AS link,
    p.meeting_id
FROM store.minute_match AS x
JOIN store.minute_point AS p
    ON p.meeting_id = x.meeting_id AND p.version = x.version AND p.point_id = x.point_id
JOIN store.minutes AS d ON d.meeting_id = x.meeting_id AND d.version = x.version
JOIN store.meeting AS m ON m.meeting_id = x.meeting_id
JOIN store.recommendation AS r ON r.finding_id = x.finding_id
QUALIFY row_number() OVER (
    PARTITION BY r.key, p.point_id, d.version ORDER BY x.score DESC, x.finding_id
) = 1;

-- Meetings in which something was heard: where a recommendation was looked for.
CREATE OR REPLACE MACRO store.meetings_heard() AS TABLE
SELECT m.meeting_id, m.council, m.committee, m.date AS day
FROM store.meeting AS m
WHERE m.meeting_id IN (
    SELECT t.meeting_id FROM store.transcript AS t WHERE t.preferred AND t.sentences > 0
);
