"""Whether what is configured answers: one cheap question a source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matters_arising.errors import MattersArisingError, UnknownValueError
from transcripts.sources.build import build
from transcripts.sources.config import Config, CouncilConfig, SourceConfig


def check_sources(
    config: Config, *, councils: Sequence[str] = (), offline: bool = False
) -> list[dict[str, Any]]:
    """A row a source: council, source, kind, state (off, not asked, answers), lines, fault."""
    known = {c.code: c for c in config.council}
    for code in councils:
        if code not in known:
            raise UnknownValueError("council", code, known)
    return [
        _row(source, council, config, offline=offline)
        for council in config.council
        if not councils or council.code in councils
        for source in council.source
    ]


def _row(
    source: SourceConfig, council: CouncilConfig, config: Config, *, offline: bool
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "council": council.code,
        "source": source.name or source.kind,
        "kind": source.kind,
        "state": "answers",
        "lines": [],
        "fault": "",
    }
    if not source.enabled:
        return row | {"state": "off", "lines": ["not enabled: nothing is asked of it"]}
    if offline:
        return row | {"state": "on", "lines": ["not asked"]}
    try:
        return row | {"lines": build(source, council, config).describe()}
    except MattersArisingError as fault:
        return row | {"state": "fault", "fault": str(fault)}
