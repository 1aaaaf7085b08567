SELECT 1 FROM store.voices AS v
WHERE contains(
    ' ' || strip_accents(lower(concat_ws(' ', v.label, v.name))) || ' ',
    ' ' || strip_accents(lower(trim($value))) || ' '
) LIMIT 1;
