-- The finding of a kind that preferred transcripts hold nearest to a second of a recording; of
-- several in one sentence the one at $part, counted from 0.
SELECT p.finding_id
FROM store.placed() AS p
WHERE p.kind = $kind AND starts_with(p.recording_sha256, $recording)
    AND p.start_s <= $start_s + $apart_s AND p.end_s >= $start_s - $apart_s
ORDER BY abs(p.start_s - $start_s), p.start_s, abs(p.part - $part), p.finding_id
LIMIT 1;
