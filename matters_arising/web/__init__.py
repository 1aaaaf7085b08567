"""The archive as pages and JSON: read-only, made on the server, without scripts."""
