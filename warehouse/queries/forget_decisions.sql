DELETE FROM store.voice_decision WHERE tid = $tid;
DELETE FROM store.finding_decision WHERE tid = $tid;
DELETE FROM store.reference WHERE tid = $tid;
DELETE FROM store.held_against WHERE tid = $tid;
INSERT INTO store.held_against VALUES ($tid, $decisions);
