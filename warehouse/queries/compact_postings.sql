-- Sorted, every word is one run of rows that zone maps find at once.
CREATE TABLE store.posting_sorted AS
SELECT * FROM store.posting
UNION ALL
SELECT * FROM store.posting_new
ORDER BY term, sid;
DROP TABLE store.posting;
ALTER TABLE store.posting_sorted RENAME TO posting;
DELETE FROM store.posting_new;
