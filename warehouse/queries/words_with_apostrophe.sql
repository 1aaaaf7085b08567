-- A word that is asked for without the apostrophe inside it, also where it is said with 's at its end.
SELECT word FROM store.word
WHERE contains(word, '''') AND contains(regexp_replace(word, '''s$', ''), '''')
    AND replace(regexp_replace(word, '''s$', ''), '''', '') = $word;
