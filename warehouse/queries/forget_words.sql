-- Words that no sentence holds any longer: a name that was withheld since must not be guessed at.
DELETE FROM store.word WHERE term NOT IN (
    SELECT term FROM store.posting UNION ALL SELECT term FROM store.posting_new
);
