SELECT DISTINCT committee FROM store.meeting
WHERE lower(committee) = lower($committee) OR lower(committee_code) = lower($committee);
