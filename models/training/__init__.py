"""Making artefacts again from labelled material; nothing here runs in the product."""
