"""Backups that are consistent while a run writes, and restoring them with every hash checked.

What can be made again (warehouse, kept results) is left out. Versions of the record never change,
so the only moving parts are the names of the newest: they are read before and after the versions,
and read again where they moved. The ledger is copied last: a decision may be about anything that
is in the record already, and a number that was given is never given again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from flows.keeping import alone
from flows.load import rebuild
from matters_arising import __version__
from matters_arising.errors import BadInputError, NewerSchemaError, StoreError
from transcripts.copies import NAME as COPIES
from transcripts.copies import Copy, note
from transcripts.enrolled import FOLDER as VOICES
from transcripts.home import NAME as HOME
from transcripts.ledger import LEDGER_NAME, Ledger, now
from transcripts.record import SUMS, Record, sums, versions
from transcripts.whole import sha256_of, sync_folder, write_whole

logger = logging.getLogger(__name__)

FORMAT = 1
MANIFEST = "manifest.json"
POINTERS = ("meeting.json", "current.json", "minutes.json", SUMS)
BESIDE = (
    "saved-searches.json",
    "matters.toml",
    COPIES,
    HOME,
)  # further files of the operator's own
TRIES = 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; ``files`` is path → sha256, ``damaged`` what was not as it was written.

    ``settings`` are for people: what was set when it was made, without keys.
    """

    format: int
    program: str
    made: str
    meetings: tuple[str, ...]
    ledger_lines: int
    voices: int
    files: Mapping[str, str]
    damaged: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


def backup(
    home: Path,
    to: Path,
    *,
    voices: bool = False,
    settings: Mapping[str, str] | None = None,
    known_as: str = "",
) -> Manifest:
    """Writes a backup into ``to``, which must not exist yet: whole or not there.

    Enrolled voices are biometric data and stay at home unless ``voices``. ``known_as`` is where it
    will lie, if elsewhere, for the list of copies.
    """
    if to.exists():
        raise BadInputError(f"{to} is there already: name a folder that is not")
    if not Record(home).folder.exists() and not (home / LEDGER_NAME).exists():
        raise BadInputError(f"there is nothing to back up in {home}: neither record nor ledger")
    if to.absolute().is_relative_to(home.absolute()):
        raise BadInputError(f"{to} lies inside {home}: a backup belongs on another disk")
    aside = to.absolute().with_name(f".{to.name}.{os.getpid()}")
    try:
        aside.mkdir(parents=True)
        with alone(home):
            manifest = _copy_all(home, aside, voices, settings or {})
            where = known_as or str(to.absolute())
            note(home, Copy("backup", where, manifest.made, manifest.meetings))
        write_whole(aside / MANIFEST, json.dumps(asdict(manifest), indent=1).encode())
        aside.rename(to)
        sync_folder(to.absolute().parent)
    except OSError as fault:
        raise StoreError(
            f"the backup could not be written to {to} ({fault.strerror or fault}); nothing of it "
            "is left, and the archive is as it was: make room or choose another place"
        ) from fault
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """The manifest of a backup."""
    path = source / MANIFEST
    try:
        manifest = TypeAdapter(Manifest).validate_json(path.read_bytes())
    except (OSError, ValidationError) as fault:
        why = str(fault).splitlines()[0]
        raise BadInputError(
            f"{source} is no backup that can be read ({MANIFEST}: {why}); name the folder that "
            "'matters backup' wrote"
        ) from fault
    if manifest.format > FORMAT:
        raise NewerSchemaError(
            f"{source} was made by a newer version of this program ({manifest.program}); update "
            "the program, then restore"
        )
    return manifest


def verify(source: Path, known_as: str = "") -> Manifest:
    """The manifest, after every file was read and hashed; StoreError names those that differ."""
    manifest = read_manifest(source)
    wrong = []
    for name, sha in manifest.files.items():
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts:
            wrong.append(f"{name} (outside the backup)")
        elif not (source / name).is_file():
            wrong.append(f"{name} (not there)")
        elif sha256_of(source / name) != sha:
            wrong.append(f"{name} (changed)")
    if wrong:
        raise StoreError(
            f"the backup {known_as or source} is damaged: {len(wrong)} of {len(manifest.files)} "
            f"files are not what was written, among them {', '.join(wrong[:3])}; nothing was "
            "restored: take another backup"
        )
    return manifest


def restore(source: Path, home: Path, *, known_as: str = "") -> Manifest:
    """Makes ``home`` of a backup: 1 checks every file, 2 copies them, 3 makes the warehouse.

    ``home`` must be empty or not there. ``known_as`` is where it lies, if it was brought here.
    """
    if home.exists() and any(home.iterdir()):
        raise BadInputError(
            f"{home} is not empty: restore into a new folder, look at it, and move it into place"
        )
    manifest = verify(source, known_as)
    try:
        home.mkdir(parents=True, exist_ok=True)
        for name in manifest.files:
            target = home / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source / name, target)
        if (home / VOICES).is_dir():
            (home / VOICES).chmod(0o700)
    except OSError as fault:
        raise StoreError(
            f"{source} could not be restored into {home} ({fault.strerror or fault}): make room, "
            "empty that folder and restore again"
        ) from fault
    where = known_as or str(source.absolute())
    note(home, Copy("backup", where, manifest.made, manifest.meetings))
    rebuild(home)
    return manifest


def drill(source: Path, known_as: str = "") -> Manifest:
    """Restores into a folder that is thrown away; it fails as an emergency would."""
    with tempfile.TemporaryDirectory(prefix="matters-drill-") as folder:
        home = Path(folder) / "home"
        manifest = restore(source, home, known_as=known_as)
        held = tuple(Record(home).meeting_ids())
        if held != manifest.meetings:
            raise StoreError(f"{source} gave {len(held)} of {len(manifest.meetings)} meetings")
        lines = len(Ledger(home).all_lines())
        if lines != manifest.ledger_lines:
            raise StoreError(f"{source} gave {lines} of {manifest.ledger_lines} ledger lines")
    return manifest


def _copy_all(home: Path, aside: Path, voices: bool, settings: Mapping[str, str]) -> Manifest:
    files: dict[str, str] = {}
    damaged: list[str] = []
    record = Record(home)
    meetings = tuple(record.meeting_ids())
    for meeting_id in meetings:
        for path, sha in _copied(record.folder / meeting_id, aside / "record" / meeting_id):
            files[path.relative_to(aside).as_posix()] = sha
        known = sums(aside / "record" / meeting_id)
        base = f"record/{meeting_id}/"
        damaged += [base + n for n, s in known.items() if files.get(base + n, s) != s]
    kept = sorted((home / VOICES).glob("*.json")) if voices else []
    for path in [*(home / n for n in BESIDE if (home / n).exists()), *kept]:
        target = aside / path.relative_to(home)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy2(path, target)
        files[target.relative_to(aside).as_posix()] = sha256_of(target)
    lines = _copy_ledger(home, aside, files)
    return Manifest(
        FORMAT, __version__, now(), meetings, lines, len(kept), files, tuple(damaged), settings
    )


def _copied(folder: Path, target: Path) -> Iterator[tuple[Path, str]]:
    """Copies a meeting as it is at one moment; gives each file with its hash."""
    target.mkdir(parents=True)
    for _ in range(TRIES):
        newest = _pointers(folder)
        for path in versions(folder):
            if not (target / path.name).exists():
                shutil.copy2(path, target / path.name)
        if _pointers(folder) == newest:
            break
    else:
        raise StoreError(f"{folder} is written to without pause: make the backup at another time")
    for name, content in newest.items():
        (target / name).write_bytes(content)
    for path in sorted(target.iterdir()):
        yield path, sha256_of(path)


def _pointers(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in POINTERS if (folder / name).exists()}


def _copy_ledger(home: Path, aside: Path, files: dict[str, str]) -> int:
    """The ledger up to its last whole line."""
    path = home / LEDGER_NAME
    if not path.exists():
        return 0
    data = path.read_bytes()
    (aside / LEDGER_NAME).write_bytes(data[: data.rfind(b"\n") + 1])
    files[LEDGER_NAME] = sha256_of(aside / LEDGER_NAME)
    return len(Ledger(aside).all_lines())
