"""The files of a meeting: which the program may delete, and what stays in their place.

Its own are those in the home folder, and those that it fetched itself: ``.landed.json`` beside them
names them with their hash. All others are the operator's. Of a fetched one an empty file stays, so
that the next fetch takes it for the one it has and does not bring it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from matters_arising.errors import StoreError
from transcripts.keeping import AUDIO, TRANSCRIPT
from transcripts.meeting import Meeting, Recording
from transcripts.sources.landed import read_landed
from transcripts.whole import sha256_of, write_whole

SOUND, CAPTIONS = "recording", "captions"  # as what was landed is called
FIELD = {SOUND: "path", CAPTIONS: "captions"}  # of a recording, that names it
FILES_OF = {AUDIO: SOUND, TRANSCRIPT: CAPTIONS}  # what a clock runs for → the files that go with it


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a meeting: the program's, the operator's, and the names of those not found."""

    own: tuple[Path, ...] = ()
    others: tuple[Path, ...] = ()
    missing: tuple[str, ...] = ()


def files_of(home: Path, meeting: Meeting, kind: str) -> Files:
    """The recordings of a meeting, or its captions, that are still there.

    One that is gone from its folder was deleted. Where the folder is not there either, or the
    record of an earlier version names a file as it was seen from a folder that nobody knows,
    nothing tells whether it is gone.
    """
    own, others, missing = list[Path](), list[Path](), list[str]()
    for recording, named in _named(meeting, kind):
        path = place(home, named)
        if not path.is_file():
            lost = not Path(named).is_absolute() or not path.parent.is_dir()
            missing += [named] if lost and not _lies_in(home, path) else []
        elif path.stat().st_size:
            mine = _lies_in(home, path) or _is_fetched(recording, path, kind)
            (own if mine else others).append(path)
    return Files(tuple(own), tuple(others), tuple(dict.fromkeys(missing)))


def without_files(home: Path, meeting: Meeting, kind: str) -> Meeting:
    """Deletes those of the program; the meeting without the paths of what is no longer there."""
    for recording, named in _named(meeting, kind):
        path = place(home, named)
        if not path.is_file() or not path.stat().st_size:
            continue
        if _is_fetched(recording, path, kind):
            write_whole(path, b"")
        elif _lies_in(home, path):
            path.unlink()
    left = tuple(_left(home, recording, kind) for recording in meeting.recordings)
    return replace(meeting, recordings=left)


def place(home: Path, named: str) -> Path:
    """Where a file that the record names lies.

    Earlier versions named it as it was seen from the folder in which somebody stood: it is looked
    for from here, then from beside the home folder, where the inbox is at first.
    """
    path = Path(named)
    if path.is_absolute() or path.is_file():
        return path.absolute()
    return home.absolute().parent / path


def _named(meeting: Meeting, kind: str) -> Iterator[tuple[Recording, str]]:
    for recording in meeting.recordings:
        if named := getattr(recording, FIELD[kind]):
            yield recording, named


def _left(home: Path, recording: Recording, kind: str) -> Recording:
    named = FIELD[kind]
    is_gone = _is_gone(home, getattr(recording, named))
    return replace(recording, **{named: ""}) if is_gone else recording  # type: ignore[arg-type]


def _is_gone(home: Path, named: str) -> bool:
    """Whether it was deleted; a disk that is not mounted today is another matter."""
    path = place(home, named)
    if path.is_file():
        return path.stat().st_size == 0
    return _lies_in(home, path)


def _lies_in(home: Path, path: Path) -> bool:
    """Also where the home folder was named from another folder, or through a link."""
    return path.parent.resolve().is_relative_to(home.resolve())


def _is_fetched(recording: Recording, path: Path, kind: str) -> bool:
    try:
        files = [f for f in read_landed(path.parent).of_kind(kind) if f.name == path.name]
    except StoreError:
        return False
    if not files:
        return False
    sha = sha256_of(path) if kind == CAPTIONS else recording.sha256
    return any(f.saved.sha256 == sha for f in files if sha)
