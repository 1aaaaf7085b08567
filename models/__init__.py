"""What predicts: speech, voices, names, findings, sentence vectors; one adapter a file."""
