"""Where saved searches lie: a small file in the home folder that a person can read and mend."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from matters_arising.errors import BadInputError, BusyError, NotInArchiveError, StoreError
from transcripts.ledger import now
from transcripts.whole import write_whole
from warehouse.query import Filters
from warehouse.saved import SavedSearch, Span, told_now
from warehouse.search import Hit

FILE_NAME = "saved-searches.json"
WAIT_S = 20.0
DAYS = {"first": "from", "last": "to"}  # field → its name in the file and of the option


def all_saved(home: Path) -> list[SavedSearch]:
    """Every saved search by name; none where there is no file."""
    path = home / FILE_NAME
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        found = [_search(one) for one in kept["searches"]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError, BadInputError) as fault:
        raise StoreError(
            f"{path} cannot be read as saved searches ({fault}); mend it, or move it away and save "
            "the searches again"
        ) from fault
    return sorted(found, key=lambda s: s.name)


def saved(home: Path, name: str) -> SavedSearch:
    """The search of this name; NotInArchiveError with those there are where there is none."""
    held = {s.name: s for s in all_saved(home)}
    if name not in held:
        raise NotInArchiveError("saved search", name, held)
    return held[name]


def add(home: Path, name: str, query: str, filters: Filters) -> SavedSearch:
    """Keeps a search; BadInputError where the name is taken or none."""
    made = SavedSearch(name, query, filters, added=now())
    with _changing(home) as held:
        if any(s.name == name for s in held):
            raise BadInputError(
                f"there is a saved search '{name}' already; take another name, or remove that one "
                f"first: matters saved remove {name}"
            )
        held.append(made)
    return made


def remove(home: Path, name: str) -> None:
    """Forgets a search and what was told of it."""
    saved(home, name)
    with _changing(home) as held:
        held[:] = [s for s in held if s.name != name]


def tell(home: Path, name: str, hits: Sequence[Hit]) -> None:
    """Notes that these hits were told."""
    with _changing(home) as held:
        held[:] = [
            replace(s, told=told_now(s, hits), told_when=now()) if s.name == name else s
            for s in held
        ]


@contextmanager
def _changing(home: Path) -> Iterator[list[SavedSearch]]:
    """The searches, to be changed in place; written whole or not at all."""
    path = home / FILE_NAME
    try:
        with FileLock(f"{path}.lock", timeout=WAIT_S):
            held = all_saved(home)
            yield held
            _write(path, {"searches": [_as_dict(s) for s in held]})
    except Timeout as fault:
        raise BusyError(
            f"another process has held {path} for {WAIT_S:.0f} seconds; try again"
        ) from fault
    except OSError as fault:
        raise StoreError(
            f"{path} could not be written ({fault.strerror}); what was saved before is untouched: "
            "make room and try again"
        ) from fault


def _write(path: Path, content: dict[str, Any]) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    write_whole(path, text.encode("utf-8"))


def _as_dict(search: SavedSearch) -> dict[str, Any]:
    return {
        "name": search.name,
        "query": search.query,
        "filters": filters_as_dict(search.filters),
        "added": search.added,
        "told_when": search.told_when,
        "told": {sha: " ".join(f"{a:.2f}-{b:.2f}" for a, b in t) for sha, t in search.told.items()},
    }


def filters_as_dict(filters: Filters) -> dict[str, str]:
    """The filters that narrow, by the names of their options."""
    fields = ("speaker", "committee", "meeting", "item", "kind", "first", "last")
    return {DAYS.get(f, f): str(v) for f in fields if (v := getattr(filters, f))}


def _search(kept: dict[str, Any]) -> SavedSearch:
    named: dict[str, Any] = dict(kept["filters"])
    days: dict[str, Any] = {
        f: date.fromisoformat(named.pop(n)) for f, n in DAYS.items() if n in named
    }
    told = {sha: tuple(map(_span, spans.split())) for sha, spans in kept["told"].items()}
    return SavedSearch(
        kept["name"],
        kept["query"],
        Filters(**named, **days),
        kept["added"],
        kept["told_when"],
        told,
    )


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return float(start), float(end)
