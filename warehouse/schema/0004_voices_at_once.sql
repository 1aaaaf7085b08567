-- Words spoken while another voice was heard, and why words have no voice. Rows loaded before have
-- none until the archive is rebuilt. Sentences have a table of their own: few are overlapped, and
-- theirs has a primary key.
ALTER TABLE store.transcript ADD COLUMN words_overlapped INTEGER DEFAULT 0;
ALTER TABLE store.utterance ADD COLUMN words_overlapped INTEGER DEFAULT 0;
ALTER TABLE store.utterance ADD COLUMN overlapped VARCHAR DEFAULT '';
ALTER TABLE store.utterance ADD COLUMN why VARCHAR DEFAULT '';

CREATE TABLE store.overlapped (
    tid INTEGER NOT NULL,
    sid UINTEGER NOT NULL,
    words INTEGER NOT NULL
);
