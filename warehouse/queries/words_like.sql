-- Words that may be meant by a misspelt one.
SELECT word FROM store.word
WHERE starts_with(word, $first) AND length(word) BETWEEN $length - 2 AND $length + 2;
