"""Backups that are consistent while a run writes, and restoring them with every hash checked.

What can be made again (warehouse, kept results) is left out; what people wrote beside record and
ledger is taken, that of the desk for its owner's eyes. Versions of the record never change, so the
only moving parts are the names of the newest: they are read before and after the versions,
and read again where they moved. The ledger is copied last: a decision may be about anything that
is in the record already, and a number that was given is never given again.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path, PurePosixPath

from pydantic import TypeAdapter, ValidationError

from flows.keeping import alone
from flows.load import rebuild
from matters_arising import __version__
from matters_arising.errors import (
    BadInputError,
    MattersArisingError,
    NewerSchemaError,
    StoreError,
)
from transcripts.copies import NAME as COPIES
from transcripts.copies import Copy, note
from transcripts.enrolled import FOLDER as VOICES
from transcripts.home import NAME as HOME
from transcripts.ledger import LEDGER_NAME, Ledger, now
from transcripts.record import SUMS, Record, sums, versions
from transcripts.whole import sha256_of, sync_folder, write_whole
from warehouse.acronyms import FILE as VOCABULARY

logger = logging.getLogger(__name__)

FORMAT = 1
MANIFEST = "manifest.json"
POINTERS = ("meeting.json", "current.json", "minutes.json", SUMS)
CONFIG = "matters.toml"
BESIDE = ("saved-searches.json", VOCABULARY, COPIES, HOME)  # what people wrote beside it, mostly
DESK = "desk"
OF_DESK = (f"{DESK}/accounts.json", f"{DESK}/corrections.json")  # for their owner's eyes only
TRIES = 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds; ``files`` is path → sha256, ``damaged`` what was not as it was written,
    or could not be read, in the record: each names its meeting.

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
    config: Path | None = None,
    known_as: str = "",
) -> Manifest:
    """Writes a backup into ``to``, which must not exist yet: whole or not there.

    Enrolled voices are biometric data and stay at home unless ``voices``. ``config`` is the
    ``matters.toml`` that is in use, wherever it lies; without one, that of ``home``. ``known_as``
    is where the backup will lie, if elsewhere, for the list of copies.
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
            manifest = _copy_all(home, aside, _beside(home, voices, config), settings or {})
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

    ``home`` must be empty or not there, so that nothing of the operator's is written over: also
    ``matters.toml`` lies in it as a copy. ``known_as`` is where the backup lies, if it was brought
    here. Meetings that cannot be read are in the record and left out of the warehouse: what is
    given back names them as damaged.
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
        _make_private(home)
    except OSError as fault:
        raise StoreError(
            f"{source} could not be restored into {home} ({fault.strerror or fault}): make room, "
            "empty that folder and restore again"
        ) from fault
    where = known_as or str(source.absolute())
    note(home, Copy("backup", where, manifest.made, manifest.meetings))
    known = {name.split("/")[1] for name in manifest.damaged}
    unknown = [f"record/{m}" for m in rebuild(home).left_out if m not in known]
    return replace(manifest, damaged=(*manifest.damaged, *unknown))


def drill(source: Path, known_as: str = "") -> Manifest:
    """Restores into a folder that is thrown away; it fails as an emergency would."""
    with tempfile.TemporaryDirectory(prefix="matters-drill-") as folder:
        home = Path(folder) / "home"
        manifest = restore(source, home, known_as=known_as)
        lost = {name.split("/")[1] for name in manifest.damaged}
        held = {*Record(home).meeting_ids(), *lost}
        if not held >= set(manifest.meetings):
            raise StoreError(f"{source} gave {len(held)} of {len(manifest.meetings)} meetings")
        lines = len(Ledger(home).all_lines())
        if lines != manifest.ledger_lines:
            raise StoreError(f"{source} gave {lines} of {manifest.ledger_lines} ledger lines")
    return manifest


def _beside(home: Path, voices: bool, config: Path | None) -> dict[str, Path]:
    """What is taken beside record and ledger: its name in the backup, and where it lies."""
    found = {name: home / name for name in (*BESIDE, *OF_DESK)}
    found[CONFIG] = config if config and config.is_file() else home / CONFIG
    if voices:
        found |= {f"{VOICES}/{p.name}": p for p in sorted((home / VOICES).glob("*.json"))}
    return {name: path for name, path in found.items() if path.is_file()}


def _copy_all(
    home: Path, aside: Path, beside: Mapping[str, Path], settings: Mapping[str, str]
) -> Manifest:
    files: dict[str, str] = {}
    damaged: list[str] = []
    record = Record(home)
    meetings = tuple(record.meeting_ids())
    for meeting_id in meetings:
        base = f"record/{meeting_id}/"
        copied = dict(_copied(record.folder / meeting_id, aside / base))
        files |= {base + name: sha for name, sha in copied.items()}
        damaged += [base + name for name in sorted(_damaged(Record(aside), meeting_id, copied))]
    for name, path in beside.items():
        (aside / name).parent.mkdir(mode=0o700, exist_ok=True)
        shutil.copy2(path, aside / name)
        files[name] = sha256_of(aside / name)
    _make_private(aside)
    voices = sum(name.startswith(f"{VOICES}/") for name in beside)
    lines = _copy_ledger(home, aside, files)
    return Manifest(
        FORMAT, __version__, now(), meetings, lines, voices, files, tuple(damaged), settings
    )


def _make_private(home: Path) -> None:
    """Voices, and the desk's accounts and corrections, are read by their owner alone."""
    for folder in (home / VOICES, home / DESK):
        if folder.is_dir():
            folder.chmod(0o700)
            for path in folder.iterdir():
                path.chmod(0o600)


def _damaged(record: Record, meeting_id: str, copied: Mapping[str, str]) -> set[str]:
    """Which files of a copied meeting are not what was written, or are not there."""
    known = sums(record.folder / meeting_id)
    wrong = {name for name, sha in known.items() if copied.get(name) != sha}
    looks: dict[str, Callable[[str], object]] = {
        "current.json": lambda m: wrong.update(record.files_of(m) - copied.keys()),
        "meeting.json": record.meeting,
        "minutes.json": record.minutes,
    }
    for name, look in looks.items():
        try:
            look(meeting_id)
        except MattersArisingError:
            wrong |= set() if wrong else {name}  # it may be for one that is named already
    return wrong


def _copied(folder: Path, target: Path) -> Iterator[tuple[str, str]]:
    """Copies a meeting as it is at one moment; gives the name of each file and its hash."""
    target.mkdir(parents=True)
    for _ in range(TRIES):
        newest = _pointers(folder)
        for path in versions(folder):
            if not (target / path.name).exists():
                _copy(path, target / path.name)
        if _pointers(folder) == newest:
            break
    else:
        raise StoreError(f"{folder} is written to without pause: make the backup at another time")
    for name, content in newest.items():
        (target / name).write_bytes(content)
    for path in sorted(target.iterdir()):
        yield path.name, sha256_of(path)


def _copy(version: Path, target: Path) -> None:
    """Copies a version; one that its disk does not give any more is left out, told as damaged."""
    try:
        shutil.copy2(version, target)
    except OSError:
        target.unlink(missing_ok=True)
        if _can_be_read(version):
            raise  # it is the disk of the backup
        logger.warning("%s cannot be read, and is not in the backup", version)


def _can_be_read(path: Path) -> bool:
    try:
        sha256_of(path)
    except OSError:
        return False
    return True


def _pointers(folder: Path) -> dict[str, bytes]:
    found = {}
    for name in POINTERS:
        with suppress(OSError):  # not there; or not to be read, which is told as damaged
            found[name] = (folder / name).read_bytes()
    return found


def _copy_ledger(home: Path, aside: Path, files: dict[str, str]) -> int:
    """The ledger up to its last whole line."""
    path = home / LEDGER_NAME
    if not path.exists():
        return 0
    data = path.read_bytes()
    (aside / LEDGER_NAME).write_bytes(data[: data.rfind(b"\n") + 1])
    files[LEDGER_NAME] = sha256_of(aside / LEDGER_NAME)
    return len(Ledger(aside).all_lines())
