SELECT
    (SELECT coalesce(max(tid), 0) + 1 FROM store.transcript) AS tid,
    (SELECT coalesce(max(uid), 0) + 5 FROM store.utterance) AS uid,
    (SELECT coalesce(max(sid), 0) + 1 FROM store.sentence) AS sid;
