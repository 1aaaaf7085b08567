SELECT sid, uid FROM store.sentence;
