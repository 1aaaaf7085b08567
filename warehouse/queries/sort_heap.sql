-- Sorted, every word is one run of rows that zone maps find at once.
INSERT INTO store.posting SELECT * FROM temp.main.posting_heap ORDER BY term, sid;
DROP TABLE temp.main.posting_heap;
