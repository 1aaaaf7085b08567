-- What a process that lives long keeps of the file; the system keeps the rest for everybody.
SET memory_limit = '320MB';
