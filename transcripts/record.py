"""The record: a folder a meeting, of versions that are written once and never changed.

    record/<meeting id>/meeting.json             the meeting as known now
                        transcript-<hash>.json   words, voices, names, coverage, engines
                        findings-<hash>.json     findings of one transcript
                        vectors-<hash>.npy       a unit vector a sentence
                        run-<hash>.json          which versions belong together
                        current.json             which run is the newest
                        minutes-<hash>.json      points of one document of its minutes
                        minutes.json             which minutes are the newest, draft and approved

Everything is written under a temporary name, forced to disk and renamed, so that a killed
process leaves either the whole version or none of it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

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

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunPart:
    """One transcript of a run with the findings and vectors that belong to it."""

    transcript: str
    findings: str
    vectors: str
    vectors_engine: Engine
    preferred: bool


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
        return sorted(p.parent.name for p in self.folder.glob("*/current.json"))

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

    def read_all(self) -> Iterator[ProcessedMeeting]:
        """Every meeting in order of its id, one at a time."""
        return (self.read(meeting_id) for meeting_id in self.meeting_ids())

    def run(self, meeting_id: str) -> Run:
        """Which versions the newest finished run of a meeting left."""
        current = self.folder / meeting_id / "current.json"
        if not current.exists():
            raise NotInArchiveError("meeting", meeting_id, self.meeting_ids())
        name = json.loads(current.read_bytes())["run"]
        return _load(current.parent / name, Run)

    def save_minutes(self, minutes: MinutesVersion) -> MinutesVersion:
        """Keeps minutes beside a meeting's runs and makes them the newest of their state.

        NotInArchiveError where no such meeting was processed.
        """
        folder = self.folder / minutes.meeting_id
        self.run(minutes.meeting_id)
        kept = finished_minutes(minutes)
        name = f"minutes-{kept.version}.json"
        _write_once(folder / name, _dump(kept))
        _write(
            folder / "minutes.json", json.dumps(self._newest(folder) | {kept.state: name}).encode()
        )
        return kept

    def minutes(self, meeting_id: str) -> tuple[MinutesVersion, ...]:
        """The newest draft and the newest approved minutes of a meeting, in that order."""
        folder = self.folder / meeting_id
        newest = self._newest(folder)
        return tuple(_load(folder / newest[s], MinutesVersion) for s in STATES if s in newest)

    @staticmethod
    def _newest(folder: Path) -> dict[str, str]:
        path = folder / "minutes.json"
        try:
            return dict(json.loads(path.read_bytes())) if path.exists() else {}
        except (OSError, ValueError) as fault:
            raise StoreError(_unreadable(path, fault)) from fault


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

    vectors = content_hash(part.transcript.version, part.vectors_engine)
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


def _load(path: Path, kind: type[T]) -> T:
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
    except (OSError, ValidationError) as fault:
        raise StoreError(_unreadable(path, fault)) from fault


def _unreadable(path: Path, fault: Exception) -> str:
    why = str(fault).splitlines()[0]
    return (
        f"{path} cannot be read ({why}); it is a version that this archive needs: restore it "
        "from a backup, or delete the meeting's folder and process its recording again"
    )


def _write_once(path: Path, content: bytes | Callable[[IO[bytes]], object]) -> None:
    if not path.exists():
        _write(path, content)


def _write(path: Path, content: bytes | Callable[[IO[bytes]], object]) -> None:
    """All of it or nothing, on disk when this returns."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with temporary.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as fault:
        temporary.unlink(missing_ok=True)
        raise StoreError(
            f"{path} could not be written ({fault.strerror}); what was there before is untouched: "
            "make room and run the same command again"
        ) from fault
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some file systems do not let a folder be synced
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
