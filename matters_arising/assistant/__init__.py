"""The archive for an assistant: tools over the Model Context Protocol, read-only."""
