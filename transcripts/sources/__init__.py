"""Where meetings come from: folders, council websites, webcasts. Each source is one adapter."""
