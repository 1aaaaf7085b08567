-- Row groups of 16,384 rows: a checkpoint rewrites the last one whole, and a hit reads one.
ATTACH $path AS archive (STORAGE_VERSION 'v1.5.0', ROW_GROUP_SIZE 16384);
