-- As ``attach_private``, of a file that is not there yet: blocks of 64 KB, a quarter of the usual.
-- A hit reads a block; of fifteen hundred vectors all over an archive hardly two share one.
ATTACH $path AS archive (
    STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 16384, RECOVERY_MODE no_wal_writes, BLOCK_SIZE 65536
);
