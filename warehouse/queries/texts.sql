SELECT sid, tid, text FROM store.sentence WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
