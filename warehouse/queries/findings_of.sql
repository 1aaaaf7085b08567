SELECT finding_id, kind, sentence_id, utterance_id, voice, quote, start_s, end_s
FROM store.finding WHERE tid = $tid ORDER BY start_s, finding_id;
