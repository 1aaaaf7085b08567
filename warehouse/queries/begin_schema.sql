-- Where the numbers of the applied migrations are kept; made before the first of them.
CREATE SCHEMA IF NOT EXISTS store;
CREATE TABLE IF NOT EXISTS store.migration (
    number INTEGER NOT NULL,
    name VARCHAR NOT NULL
);
