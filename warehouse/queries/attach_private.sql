-- Row groups of 16,384 rows: a checkpoint rewrites the last one whole, and a hit reads one.
-- No write-ahead log: a private copy that was not finished is thrown away, never replayed.
ATTACH $path AS archive (
    STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 16384, RECOVERY_MODE no_wal_writes
);
