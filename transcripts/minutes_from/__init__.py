"""Reading minutes: one adapter a file turns a document into sections of paragraphs."""
