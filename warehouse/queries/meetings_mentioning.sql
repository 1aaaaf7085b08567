-- Meetings that may hold a name: by its last word in the text, or by its key among the people.
-- Wider than the mask: a meeting too many is only loaded once more.
SELECT DISTINCT t.meeting_id
FROM store.transcript AS t
WHERE t.tid IN (
    SELECT u.tid FROM store.utterance AS u
    WHERE contains(strip_accents(lower(u.text)), $surname)
    UNION ALL
    SELECT v.tid FROM store.voice AS v WHERE v.name_key = $name_key
)
UNION
SELECT p.meeting_id FROM store.person AS p WHERE p.name_key = $name_key AND p.kind <> 'public'
UNION
SELECT m.meeting_id FROM store.meeting AS m
WHERE contains(strip_accents(lower(concat_ws(' ', m.chair, m.title))), $surname)
UNION
SELECT i.meeting_id FROM store.item AS i WHERE contains(strip_accents(lower(i.title)), $surname)
UNION
SELECT x.meeting_id FROM store.minute_point AS x
WHERE contains(
    strip_accents(lower(concat_ws(
        ' ', x.item_title, x.lead, x.text, x.mover, x.seconder, x.vote, x.addressee
    ))),
    $surname
)
UNION
SELECT d.meeting_id FROM store.minutes AS d WHERE contains(strip_accents(lower(d.source)), $surname);
