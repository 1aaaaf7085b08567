-- The utterances that the filters leave, whatever was found in them. A speaker is found by label or name, or a part of it that
-- begins and ends with a word.
SELECT u.uid
FROM store.utterance AS u
JOIN store.transcript AS t ON t.tid = u.tid
JOIN store.meeting AS m ON m.meeting_id = t.meeting_id
WHERE (t.preferred OR $all_versions)
    AND ($meeting = '' OR m.meeting_id = $meeting)
    AND ($committee = '' OR lower(m.committee) = lower($committee) OR lower(m.committee_code) = lower($committee))
    AND ($first::DATE IS NULL OR m.date >= $first::DATE)
    AND ($last::DATE IS NULL OR m.date <= $last::DATE)
    AND ($item = '' OR u.item = $item)
    AND ($speaker = '' OR (u.tid, u.voice) IN (
        SELECT (v.tid, v.voice) FROM store.voices AS v
        WHERE contains(
            ' ' || strip_accents(lower(concat_ws(' ', v.label, v.name))) || ' ',
            ' ' || strip_accents(lower(trim($speaker))) || ' '
        )
    ));
