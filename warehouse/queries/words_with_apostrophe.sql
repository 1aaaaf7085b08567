-- A word that is asked for without the apostrophe inside it and was said with 's at its end too.
SELECT word FROM store.word
WHERE ends_with(word, '''s') AND replace(word, '''', '') = $word || 's' AND word <> $word || '''s';
