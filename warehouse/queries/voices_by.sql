SELECT tid, voice, label, name, kind, decided_by = 'machine' AS machine_made
FROM store.voices WHERE tid IN (SELECT unnest($tids::INTEGER[]));
