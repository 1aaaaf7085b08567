-- Where findings of preferred transcripts were said; those of a kind in one sentence are counted
-- from 0 in the order of their words.
CREATE OR REPLACE MACRO store.placed() AS TABLE
SELECT
    f.finding_id, f.kind, t.recording_sha256, f.start_s, f.end_s,
    row_number() OVER (
        PARTITION BY f.tid, f.kind, f.sid ORDER BY instr(s.text, f.quote), f.finding_id
    ) - 1 AS part
FROM store.finding AS f
JOIN store.transcript AS t ON t.tid = f.tid AND t.preferred
JOIN store.sentence AS s ON s.sid = f.sid;
