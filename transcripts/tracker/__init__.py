"""The register as clerks keep it: spreadsheets, documents and calendars out, and trackers in."""
