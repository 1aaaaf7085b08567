"""The record: a folder a meeting, of versions that are written once and never changed.

    record/<meeting id>/meeting.json             the meeting as known now
                        transcript-<hash>.json   words, voices, names, coverage, engines
                        findings-<hash>.json     findings of one transcript
                        vectors-<hash>.npy       a unit vector a sentence
                        run-<hash>.json          which versions belong together
                        current.json             which run is the newest
                        minutes-<hash>.json      points of one document of its minutes
                        minutes.json             which are the newest: decisions, draft, approved
                        SHA256SUMS               of every version, as sha256sum writes them

Everything is written under a temporary name, forced to disk and renamed, so that a killed
process leaves either the whole version or none of it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from matters_arising.errors import NotInArchiveError, StoreError
from transcripts.meeting import Engine, Meeting
from transcripts.minutes import STATES, MinutesVersion
from transcripts.processed import (
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
    content_hash,
)
from transcripts.whole import Content, sha256_of, write_whole

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")
SUMS = "SHA256SUMS"
VERSIONS = ("transcript-", "findings-", "vectors-", "run-", "minutes-")


@dataclass(frozen=True, slots=True)
class RunPart:
    """One transcript of a run with the findings and vectors that belong to it."""

    transcript: str
    findings: str
    vectors: str
    vectors_engine: Engine
    preferred: bool


@dataclass(frozen=True, slots=True)
class _Heard:
    """Of a transcript, what can be told without taking its words in."""

    recording_sha256: str


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of a meeting left: its key says what it was made from and by what."""

    key: str
    parts: tuple[RunPart, ...]


class Record:
    """The record of one archive, under its home folder."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "record"

    def meeting_ids(self) -> list[str]:
        """Every meeting that has a finished run, in order of its id."""
        names = (p.parent.name for p in self.folder.glob("*/current.json"))
        return sorted(name for name in names if not name.startswith("."))

    def run_key(self, meeting_id: str) -> str:
        """The key of the newest finished run of a meeting, or an empty string."""
        path = self.folder / meeting_id / "current.json"
        return self.run(meeting_id).key if path.exists() else ""

    def save(self, meeting: ProcessedMeeting, key: str) -> Run:
        """Writes every version that is not there yet, then makes them the newest run."""
        folder = self.folder / meeting.meeting.id
        folder.mkdir(parents=True, exist_ok=True)
        parts = tuple(_save_part(folder, part) for part in meeting.transcripts)
        run = Run(key=key, parts=parts)
        name = f"run-{content_hash(run)}.json"
        _write_once(folder / name, _dump(run))
        self.note_sums(meeting.meeting.id)
        _write(folder / "meeting.json", _dump(meeting.meeting))
        _write(folder / "current.json", json.dumps({"run": name}).encode())
        return run

    def read(self, meeting_id: str) -> ProcessedMeeting:
        """The newest finished run of a meeting, whole."""
        folder = self.folder / meeting_id
        run = self.run(meeting_id)
        meeting = _load(folder / "meeting.json", Meeting)
        return ProcessedMeeting(
            meeting=meeting,
            transcripts=tuple(_read_part(folder, p) for p in run.parts),
            minutes=self.minutes(meeting_id),
        )

    def meeting(self, meeting_id: str) -> Meeting:
        """What is known of a meeting apart from what was said in it."""
        return _load(self.folder / meeting_id / "meeting.json", Meeting)

    def found(self, meeting_id: str) -> Iterator[tuple[str, FindingsVersion]]:
        """What was found in each preferred transcript of a meeting, with its recording's sha256.

        The words stay where they are: reading them takes ten times as long.
        """
        folder = self.folder / meeting_id
        for part in self.run(meeting_id).parts:
            if part.preferred:
                heard = _load(folder / f"transcript-{part.transcript}.json", _Heard)
                found = _load(folder / f"findings-{part.findings}.json", FindingsVersion)
                yield heard.recording_sha256, found

    def read_all(self) -> Iterator[ProcessedMeeting]:
        """Every meeting in order of its id, one at a time."""
        return (self.read(meeting_id) for meeting_id in self.meeting_ids())

    def run(self, meeting_id: str) -> Run:
        """Which versions the newest finished run of a meeting left."""
        current = self.folder / meeting_id / "current.json"
        if not current.exists():
            raise NotInArchiveError("meeting", meeting_id, self.meeting_ids())
        return _load(current.parent / _run_named(current), Run)

    def save_minutes(self, minutes: MinutesVersion) -> MinutesVersion:
        """Keeps minutes beside a meeting's runs and makes them the newest of their state.

        NotInArchiveError where no such meeting was processed.
        """
        folder = self.folder / minutes.meeting_id
        self.run(minutes.meeting_id)
        kept = finished_minutes(minutes)
        name = f"minutes-{kept.version}.json"
        _write_once(folder / name, _dump(kept))
        self.note_sums(minutes.meeting_id)
        _write(
            folder / "minutes.json", json.dumps(self._newest(folder) | {kept.state: name}).encode()
        )
        return kept

    def note_sums(self, meeting_id: str) -> bool:
        """Adds the sums of versions that have none yet, takes out those of versions that are gone;
        gives whether anything changed."""
        folder = self.folder / meeting_id
        before = sums(folder)
        now = {p.name: before.get(p.name) or sha256_of(p) for p in versions(folder)}
        if now != before:
            lines = "".join(f"{sha}  {name}\n" for name, sha in sorted(now.items()))
            _write(folder / SUMS, lines.encode())
        return now != before

    def files_of(self, meeting_id: str) -> set[str]:
        """The names of the files that the newest run and minutes of a meeting consist of."""
        folder = self.folder / meeting_id
        names = {"meeting.json", "current.json", _run_named(folder / "current.json")}
        for part in self.run(meeting_id).parts:
            names |= {
                f"transcript-{part.transcript}.json",
                f"findings-{part.findings}.json",
                f"vectors-{part.vectors}.npy",
            }
        newest = self._newest(folder)
        return names | ({"minutes.json", *newest.values()} if newest else set())

    def forget_earlier(self, meeting_id: str) -> int:
        """Takes everything off the disk that the newest run and minutes do not need."""
        folder, needed = self.folder / meeting_id, self.files_of(meeting_id)
        gone = [p for p in folder.iterdir() if p.name not in {*needed, SUMS}]
        for path in gone:
            path.unlink()
        self.note_sums(meeting_id)
        return len(gone)

    def forget(self, meeting_id: str) -> None:
        """Takes all of a meeting off the disk; renamed first, so that half of it is none."""
        folder = self.folder / meeting_id
        if folder.is_dir():
            folder.rename(self.folder / f".{meeting_id}.{os.getpid()}")
        for aside in self.folder.glob(".*"):  # also what was left where this was killed
            if aside.is_dir():
                shutil.rmtree(aside)

    def minutes(self, meeting_id: str) -> tuple[MinutesVersion, ...]:
        """The newest decisions, draft and approved minutes of a meeting, in that order."""
        folder = self.folder / meeting_id
        newest = self._newest(folder)
        return tuple(_load(folder / newest[s], MinutesVersion) for s in STATES if s in newest)

    @staticmethod
    def _newest(folder: Path) -> dict[str, str]:
        path = folder / "minutes.json"
        return {k: str(v) for k, v in _loaded_json(path).items()} if path.exists() else {}


def versions(folder: Path) -> list[Path]:
    """The versions of a meeting: files that never change once they are there."""
    return sorted(p for p in folder.iterdir() if p.name.startswith(VERSIONS))


def sums(folder: Path) -> dict[str, str]:
    """Name → sha256 of the versions of a meeting, as they were when they were written."""
    try:
        text = (folder / SUMS).read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    pairs = (line.partition("  ") for line in text.splitlines())
    return {name: sha for sha, _, name in pairs if name}


def finished_minutes(minutes: MinutesVersion) -> MinutesVersion:
    """The same minutes with their version: a hash of everything in them."""
    return replace(minutes, version=content_hash(replace(minutes, version="")))


def finished_transcript(transcript: Transcript) -> Transcript:
    """The same transcript with its version: a hash of everything in it."""
    return replace(transcript, version=content_hash(replace(transcript, version="")))


def finished_findings(findings: FindingsVersion) -> FindingsVersion:
    """The same findings with their version: a hash of everything in them."""
    return replace(findings, version=content_hash(replace(findings, version="")))


def _save_part(folder: Path, part: ProcessedTranscript) -> RunPart:
    import numpy as np  # not needed to read what a meeting holds

    gone = [] if len(part.vectors) else ["none"]  # as where their time is over
    vectors = content_hash(part.transcript.version, part.vectors_engine, *gone)
    _write_once(folder / f"transcript-{part.transcript.version}.json", _dump(part.transcript))
    _write_once(folder / f"findings-{part.findings.version}.json", _dump(part.findings))
    _write_once(folder / f"vectors-{vectors}.npy", lambda file: np.save(file, part.vectors, False))
    return RunPart(
        transcript=part.transcript.version,
        findings=part.findings.version,
        vectors=vectors,
        vectors_engine=part.vectors_engine,
        preferred=part.preferred,
    )


def _read_part(folder: Path, part: RunPart) -> ProcessedTranscript:
    import numpy as np

    path = folder / f"vectors-{part.vectors}.npy"
    try:
        vectors: NDArray[np.float32] = np.load(path, allow_pickle=False)
    except (OSError, ValueError) as fault:
        raise StoreError(_unreadable(path, fault)) from fault
    return ProcessedTranscript(
        transcript=_load(folder / f"transcript-{part.transcript}.json", Transcript),
        findings=_load(folder / f"findings-{part.findings}.json", FindingsVersion),
        vectors=vectors,
        vectors_engine=part.vectors_engine,
        preferred=part.preferred,
    )


def _dump(value: Any) -> bytes:
    return TypeAdapter(type(value)).dump_json(value, indent=1)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)  # made once: an archive has thousands of files of one kind


def _load(path: Path, kind: type[T]) -> T:
    try:
        return cast("T", _adapter(cast("Any", kind)).validate_json(path.read_bytes()))
    except (OSError, ValidationError) as fault:
        raise StoreError(_unreadable(path, fault)) from fault


def _loaded_json(path: Path) -> dict[str, object]:
    try:
        return dict(json.loads(path.read_bytes()))
    except (OSError, ValueError, TypeError) as fault:
        raise StoreError(_unreadable(path, fault)) from fault


def _run_named(current: Path) -> str:
    found = _loaded_json(current)
    if "run" not in found:
        raise StoreError(_unreadable(current, ValueError("it names no run")))
    return str(found["run"])


def _unreadable(path: Path, fault: Exception) -> str:
    why = str(fault).splitlines()[0]
    return (
        f"{path} cannot be read ({why}); it is a version that this archive needs: restore it "
        "from a backup, or delete the meeting's folder and process its recording again"
    )


def _write_once(path: Path, content: Content) -> None:
    if not path.exists():
        _write(path, content)


def _write(path: Path, content: Content) -> None:
    """All of it or nothing, on disk when this returns."""
    try:
        write_whole(path, content)
    except OSError as fault:
        raise StoreError(
            f"{path} could not be written ({fault.strerror}); what was there before is untouched: "
            "make room and run the same command again"
        ) from fault
