SELECT tid, finding_id FROM store.finding WHERE list_contains($finding_ids, finding_id);
