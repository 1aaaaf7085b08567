-- Who speaks each utterance, as one number: of the transcript and of the voice within it.
SELECT u.uid, u.tid::BIGINT * 65536 + v.position AS voice
FROM store.utterance AS u
JOIN store.voice AS v ON v.tid = u.tid AND v.voice = u.voice;
