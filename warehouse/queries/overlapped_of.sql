SELECT sid, words FROM store.overlapped WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
