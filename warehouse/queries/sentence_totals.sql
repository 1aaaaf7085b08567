-- How many sentences are searched, and one more than the largest number of any.
SELECT
    coalesce(sum(sentences) FILTER (WHERE preferred OR $all_versions), 0)::BIGINT AS sentences,
    coalesce(max(first_sid::BIGINT + sentences), 0)::BIGINT AS beyond
FROM store.transcript;
