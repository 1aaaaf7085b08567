-- A hit as the view sentences shows it, found by its number. The few sentences are fetched first,
-- by themselves: the planner would otherwise join all and pick these out of the result.
WITH x AS MATERIALIZED (
    SELECT * FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]))
)
SELECT
    x.sid,
    x.sentence_id,
    x.text,
    v.label AS speaker,
    v.name AS person,
    v.kind AS attribution,
    v.decided_by = 'machine' AS machine_made,
    t.meeting_id,
    m.title,
    m.committee,
    m.date,
    x.item,
    coalesce(i.title, '') AS item_title,
    x.start_s,
    x.end_s,
    store.link_to(l.template, l.path, l.offset_s, x.start_s) AS link,
    coalesce(f.kinds, '') AS kinds,
    x.utterance_id,
    t.version AS transcript_version,
    t.recording_sha256,
    coalesce(o.words, 0) AS words_overlapped
FROM x
JOIN store.transcript AS t ON t.tid = x.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
JOIN store.links AS l ON l.tid = x.tid
JOIN store.voices AS v ON v.tid = x.tid AND v.voice = x.voice
LEFT JOIN (
    SELECT sid, words FROM store.overlapped WHERE sid IN (SELECT unnest($sids::UINTEGER[]))
) AS o ON o.sid = x.sid
LEFT JOIN (
    SELECT meeting_id, item, min(title) AS title FROM store.item GROUP BY ALL
) AS i ON i.meeting_id = t.meeting_id AND i.item = x.item
LEFT JOIN (
    SELECT f.sid, string_agg(DISTINCT f.kind, ' ' ORDER BY f.kind) AS kinds
    FROM store.finding AS f
    LEFT JOIN store.finding_decision AS d ON d.tid = f.tid AND d.finding_id = f.finding_id
    WHERE f.sid IN (SELECT x.sid FROM x) AND coalesce(d.verdict, '') <> 'rejected'
    GROUP BY f.sid
) AS f ON f.sid = x.sid;
