"""From configuration to sources. An adapter is imported only when a council uses it."""

from __future__ import annotations

from collections.abc import Callable

from transcripts.sources.committees import committees_of
from transcripts.sources.config import Config, CouncilConfig, SourceConfig
from transcripts.sources.folder import FolderSource
from transcripts.sources.meeting import Source
from transcripts.sources.pace import Pace
from transcripts.sources.web import Web

CACHE = ".cache"


def build(
    source: SourceConfig, council: CouncilConfig, config: Config, pace: Pace | None = None
) -> Source:
    """The source of one ``[[council.source]]``; ``pace`` is that of the run."""
    cache = config.inbox_folder / CACHE
    pace = pace or Pace()
    if source.kind == "folder":
        web = Web(source, config.contact, pace, cache=cache) if source.hosts else None
        return FolderSource(source, council, config.path.parent, web)
    if source.kind == "public-i":
        from transcripts.sources.public_i import HOSTS, PublicI

        return PublicI(source, council, Web(source, config.contact, pace, hosts=HOSTS, cache=cache))
    web = Web(source, config.contact, pace, cache=cache)
    if source.kind == "yt-dlp":
        from transcripts.sources.videos import VideoSource

        known = committees_of(council)
        return VideoSource(
            source, council, web.agent, listed=lambda title: known.is_listed(known.of(title)[0])
        )
    from transcripts.sources.moderngov import ModernGov

    return ModernGov(source, council, web, wanted=_wanted(council))


def enabled(
    council: CouncilConfig, config: Config, pace: Pace
) -> list[tuple[SourceConfig, Source]]:
    """The sources of a council that are turned on, in the order of ``matters.toml``."""
    return [(s, build(s, council, config, pace)) for s in council.source if s.enabled]


def _wanted(council: CouncilConfig) -> Callable[[str], bool]:
    """Whether a council server has to be asked about a committee at all."""
    known = committees_of(council)
    return lambda name: not council.only_listed or known.is_listed(known.of(name)[0])
