"""The recordings of a meeting: which the program may delete, and what stays in their place.

Its own are those in the home folder, and those that it fetched itself: ``.landed.json`` beside them
names them with their hash. All others are the operator's. Of a fetched one an empty file stays, so
that the next fetch takes it for the one it has and does not bring it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from matters_arising.errors import StoreError
from transcripts.meeting import Meeting, Recording
from transcripts.sources.landed import read_landed
from transcripts.whole import write_whole


def recordings_of(home: Path, meeting: Meeting) -> tuple[list[Path], list[Path]]:
    """The recordings that are still there: those of the program, and the operator's."""
    own, others = list[Path](), list[Path]()
    for recording, path in _there(meeting):
        mine = path.is_relative_to(home.absolute()) or _is_fetched(recording, path)
        (own if mine else others).append(path)
    return own, others


def without_recordings(home: Path, meeting: Meeting) -> Meeting:
    """Deletes those of the program; the meeting without the paths of what is no longer there."""
    for recording, path in _there(meeting):
        if _is_fetched(recording, path):
            write_whole(path, b"")
        elif path.is_relative_to(home.absolute()):
            path.unlink()
    left = tuple(replace(r, path="") if _is_gone(home, r) else r for r in meeting.recordings)
    return replace(meeting, recordings=left)


def _there(meeting: Meeting) -> Iterator[tuple[Recording, Path]]:
    for recording in meeting.recordings:
        path = Path(recording.path).absolute()
        if recording.path and path.is_file() and path.stat().st_size:
            yield recording, path


def _is_gone(home: Path, recording: Recording) -> bool:
    """Whether it was deleted; a disk that is not mounted today is another matter."""
    path = Path(recording.path).absolute()
    if path.is_file():
        return path.stat().st_size == 0
    return path.is_relative_to(home.absolute())


def _is_fetched(recording: Recording, path: Path) -> bool:
    try:
        files = read_landed(path.parent).of_kind("recording")
    except StoreError:
        return False
    sha = recording.sha256
    return any(f.name == path.name and f.saved.sha256 == sha for f in files if sha)
