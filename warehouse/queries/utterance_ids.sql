SELECT uid, utterance_id FROM store.utterance;
