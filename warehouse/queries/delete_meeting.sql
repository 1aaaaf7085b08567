-- Everything of one meeting, so that it can be put back whole in the same transaction.
DELETE FROM store.posting WHERE uid IN (
    SELECT u.uid FROM store.utterance AS u JOIN store.transcript AS t USING (tid)
    WHERE t.meeting_id = $meeting_id
);
DELETE FROM store.posting_new WHERE uid IN (
    SELECT u.uid FROM store.utterance AS u JOIN store.transcript AS t USING (tid)
    WHERE t.meeting_id = $meeting_id
);
DELETE FROM store.vector WHERE sid IN (
    SELECT s.sid FROM store.sentence AS s JOIN store.transcript AS t USING (tid)
    WHERE t.meeting_id = $meeting_id
);
DELETE FROM store.code WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.sentence WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.utterance WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.overlapped WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.finding WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.slot WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.voice WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.reason WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.engine WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.gap WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.voice_decision WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.finding_decision WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.reference WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.held_against WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.motion WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.act WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.claim WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.claim_about WHERE tid IN (SELECT tid FROM store.transcript WHERE meeting_id = $meeting_id);
DELETE FROM store.transcript WHERE meeting_id = $meeting_id;
DELETE FROM store.person WHERE meeting_id = $meeting_id;
DELETE FROM store.item WHERE meeting_id = $meeting_id;
DELETE FROM store.recording WHERE meeting_id = $meeting_id;
DELETE FROM store.minutes WHERE meeting_id = $meeting_id;
DELETE FROM store.minute_point WHERE meeting_id = $meeting_id;
DELETE FROM store.minute_match WHERE meeting_id = $meeting_id;
DELETE FROM store.hidden WHERE meeting_id = $meeting_id;
DELETE FROM store.masked WHERE meeting_id = $meeting_id;
DELETE FROM store.meeting WHERE meeting_id = $meeting_id;
