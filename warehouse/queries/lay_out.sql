-- How a new file keeps vectors and their signs: as they are. They do not compress, and in small
-- blocks to try takes longer than all else. Empty tables only; the columns are those of the schema.
DROP TABLE store.vector;
CREATE TABLE store.vector (
    sid UINTEGER PRIMARY KEY,
    vector BLOB NOT NULL USING COMPRESSION uncompressed
);
DROP TABLE store.code;
CREATE TABLE store.code (
    sid UINTEGER NOT NULL,
    uid UINTEGER NOT NULL,
    tid INTEGER NOT NULL,
    preferred BOOLEAN NOT NULL,
    code BLOB NOT NULL USING COMPRESSION uncompressed
);
