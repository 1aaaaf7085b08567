SELECT
    (SELECT count(*) FROM store.posting) AS base,
    (SELECT count(*) FROM store.posting_new) AS fresh;
