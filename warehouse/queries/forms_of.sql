-- The words of these stems and their numbers; a stem has few words.
SELECT word, term, form FROM store.word WHERE term IN (SELECT unnest($terms::UBIGINT[]));
