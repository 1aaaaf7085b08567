SELECT voice, label FROM store.voice WHERE tid = $tid;
