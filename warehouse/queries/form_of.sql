SELECT form FROM store.word WHERE word = $word;
