-- The versions of the transcripts, in the order in which they came into the archive.
SELECT version FROM store.transcript ORDER BY tid;
