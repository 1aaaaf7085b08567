-- A meeting is many small statements: to wake a second thread for each takes longer than it helps.
SET threads = 1;
