SELECT tid, voice, text FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
