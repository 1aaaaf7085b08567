"""The clerk's desk: pages behind a log-in on which people decide, each decision a ledger line."""
