-- What these people said.
SELECT u.uid
FROM store.utterance AS u
JOIN store.voices AS v ON v.tid = u.tid AND v.voice = u.voice
WHERE list_contains($people, v.name);
