-- Which word of its stem a posting is of, by number (``store.word`` has them), so that occurrences
-- of a word can be counted without reading sentences. 0: not of one word alone, or not known, which
-- is so of all that was loaded before; then the sentence is read.
ALTER TABLE store.word ADD COLUMN form UTINYINT DEFAULT 0;
ALTER TABLE store.posting ADD COLUMN form UTINYINT DEFAULT 0;
ALTER TABLE store.posting_new ADD COLUMN form UTINYINT DEFAULT 0;
