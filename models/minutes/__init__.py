"""Minutes: which points they hold, of what kind each is, and which spoken words it is about."""
