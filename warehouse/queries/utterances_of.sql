SELECT utterance_id, voice, start_s, end_s, text FROM store.utterance WHERE tid = $tid ORDER BY uid;
