SELECT word FROM store.word WHERE starts_with(word, $beginning) ORDER BY length(word), word LIMIT $most;
