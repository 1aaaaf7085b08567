"""Following a matter from meeting to meeting: claims of what became of it, links, threads."""
