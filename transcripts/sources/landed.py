"""What was put into a folder of the inbox, and where from: ``.landed.json`` beside the meeting.

It holds what is needed to ask a source only for what is new. No answer of a server is kept: only
its marks and hashes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from matters_arising.errors import StoreError
from transcripts.sources.meeting import Saved, sources_of
from transcripts.sources.whole import write_hashed

STATE_NAME = ".landed.json"
WAITING_NAME = "waiting.toml"  # a meeting without sound or captions, which nobody can process yet
PROPOSED_NAME = "meeting.fetched.toml"  # where a person has changed meeting.toml


@dataclass(frozen=True, slots=True)
class LandedFile:
    """One file: its ``name`` in the folder, and how the source was when it was saved."""

    name: str
    kind: str
    address: str
    source: str
    recording: int = 1
    offset_s: float = 0.0
    status: str = ""
    saved: Saved = field(default_factory=Saved)


@dataclass(frozen=True, slots=True)
class LandedState:
    """What lies in one folder. ``manifests`` are the hashes of the meeting files we may replace.

    A meeting file with another hash was changed by a person and is theirs. ``stale`` are names of
    files that a newer one took the place of: they go at the next landing, so that who reads the
    meeting meanwhile still finds them. ``origins`` is that of the meeting as it was landed.
    """

    id: str = ""
    keys: tuple[str, ...] = ()
    start: str = ""
    files: tuple[LandedFile, ...] = ()
    manifests: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    captions: dict[int, str] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)

    @property
    def sources(self) -> frozenset[str]:
        """The names of the sources that ever told of it."""
        return sources_of(self.keys)

    def wrote(self, manifest: bytes) -> bool:
        """Whether a meeting file is as it was written here, and so may be replaced."""
        return hashlib.sha256(manifest).hexdigest() in self.manifests

    def of_kind(self, kind: str) -> list[LandedFile]:
        """Its files of one kind."""
        return [f for f in self.files if f.kind == kind]


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken of landed documents, and what could not be; sentences."""

    told: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


_STATE = TypeAdapter(LandedState)


def read_landed(folder: Path) -> LandedState:
    """What was landed in a folder; an empty one where nothing was."""
    path = folder / STATE_NAME
    try:
        return _STATE.validate_json(path.read_bytes()) if path.exists() else LandedState()
    except (OSError, ValidationError) as fault:
        why = str(fault).splitlines()[0]
        raise StoreError(
            f"{path} cannot be read ({why}); delete it, and its files are fetched again"
        ) from fault


def write_landed(folder: Path, state: LandedState) -> None:
    """Puts the state beside its meeting, whole."""
    write_hashed(folder / STATE_NAME, _STATE.dump_json(state, indent=1))


def landed_folders(inbox: Path) -> Iterator[Path]:
    """Every folder of the inbox that something was landed in."""
    yield from sorted(p.parent for p in inbox.glob(f"*/*/{STATE_NAME}"))


def landed_below(folder: Path) -> Iterator[Path]:
    """Every folder that something was landed in, at any depth, but what is still on its way."""
    for state in sorted(folder.rglob(STATE_NAME)):
        if not any(part.startswith(".") for part in state.parent.relative_to(folder).parts):
            yield state.parent
