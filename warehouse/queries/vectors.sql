SELECT sid, vector FROM store.vector WHERE sid IN (SELECT unnest($sids::UINTEGER[]));
