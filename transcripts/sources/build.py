"""From configuration to sources. An adapter is imported only when a council uses it."""

from __future__ import annotations

from transcripts.sources.config import Config, CouncilConfig, SourceConfig
from transcripts.sources.folder import FolderSource
from transcripts.sources.meeting import Source


def build(source: SourceConfig, council: CouncilConfig, config: Config) -> Source:
    """The source of one ``[[council.source]]``."""
    return FolderSource(source, council, config.path.parent)


def enabled(council: CouncilConfig, config: Config) -> list[tuple[SourceConfig, Source]]:
    """The sources of a council that are turned on, in the order of ``matters.toml``."""
    return [(s, build(s, council, config)) for s in council.source if s.enabled]
