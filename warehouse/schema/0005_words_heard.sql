-- Every word of the index as it is written, so that the beginning of words can be looked for and a
-- misspelt one put right. It says nothing of where a word was said. Postings made before numbers,
-- sums and compounds were indexed as they are now are made again at the next load.
CREATE TABLE store.word (
    word VARCHAR PRIMARY KEY,
    term UBIGINT NOT NULL
);
