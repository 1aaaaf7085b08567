SELECT sid, uid, tid, sentence_id, utterance_id, voice, item, start_s, end_s, text
FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
