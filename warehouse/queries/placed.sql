SELECT p.finding_id, p.recording_sha256, p.start_s, p.part
FROM store.placed() AS p
WHERE p.kind IN ('concern', 'recommendation');
