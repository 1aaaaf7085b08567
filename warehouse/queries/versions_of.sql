SELECT transcript_version, findings_version FROM transcripts WHERE meeting_id = $meeting_id
