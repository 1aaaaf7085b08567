SELECT key, digest FROM store.folded;
