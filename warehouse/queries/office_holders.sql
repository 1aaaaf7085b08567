-- Names that have a page: on a roster as councillor, officer or co-opted member, and on none as a
-- member of the public.
SELECT DISTINCT p.name
FROM store.person AS p
WHERE p.name IS NOT NULL AND p.kind IN ('councillor', 'officer', 'coopted')
    AND p.name_key NOT IN (SELECT o.name_key FROM store.person AS o WHERE o.kind = 'public')
ORDER BY p.name;
