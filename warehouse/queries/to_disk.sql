CHECKPOINT archive;
