-- What may be asked for without the apostrophe inside it, where it was said with 's at its end too.
SELECT word FROM store.word WHERE word LIKE '%''%''s';
