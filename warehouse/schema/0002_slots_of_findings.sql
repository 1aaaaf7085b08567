-- The particulars of findings. Columns carry a default: rows loaded before have none, and what they
-- ask for or promise is told by their quote.
ALTER TABLE store.finding ADD COLUMN action VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN holder VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN deadline VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN condition VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN whose VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN matter VARCHAR DEFAULT '';
ALTER TABLE store.finding ADD COLUMN wording VARCHAR DEFAULT '';

UPDATE store.finding SET action = quote WHERE kind IN ('recommendation', 'undertaking');

CREATE TABLE store.slot (
    tid INTEGER NOT NULL,
    finding_id VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    sid UINTEGER NOT NULL,
    slot VARCHAR NOT NULL,
    words VARCHAR NOT NULL,
    rule VARCHAR NOT NULL
);
