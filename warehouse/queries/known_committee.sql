SELECT 1 FROM store.meeting
WHERE lower(committee) = lower($value) OR lower(committee_code) = lower($value) LIMIT 1;
