"""The record on object storage, and what machines hand to one another through it."""
