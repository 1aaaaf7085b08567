"""The record as plain data: meetings, people, words, utterances, findings; formats in and out."""
