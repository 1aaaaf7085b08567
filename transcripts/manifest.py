"""Reads what is known about a meeting beforehand: ``meeting.toml``, roster and agenda as CSV.

Checked here, at the edge, so that everything behind it can rely on what it gets. Home addresses,
telephone numbers, e-mail addresses and photographs in a roster are never read: only the named
columns are, and the rest is dropped before anything keeps it (UK GDPR article 5(1)(c)).
"""

from __future__ import annotations

import csv
import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from matters_arising.errors import ManifestError
from transcripts.meeting import ATTENDANCE, KINDS_OF_PERSON, AgendaItem, Meeting, Person, Recording

logger = logging.getLogger(__name__)

MANIFEST_NAME = "meeting.toml"
MEDIA_SUFFIXES = frozenset(
    ".aac .aiff .avi .flac .flv .m4a .m4v .mkv .mov .mp2 .mp3 .mp4 .mpeg .mpg .mts .oga .ogg "
    ".ogv .opus .ts .wav .webm .wma .wmv".split()
)
CAPTIONS_SUFFIXES = (".vtt", ".srt")
SEAT_LOG_SUFFIX = ".seats.csv"
KNOWN_KEYS = frozenset(
    "id council committee committee_code date start title language page link chair roster "
    "attendance agenda recordings people seat_log".split()
)


def read_meeting(path: Path) -> Meeting:
    """The meeting that a ``meeting.toml`` describes; paths in it are relative to its folder."""
    values = _read_toml(path)
    folder = path.parent
    unknown = sorted(set(values) - KNOWN_KEYS)
    if unknown:
        raise ManifestError(
            f"{path} has '{unknown[0]}', which is not a key of a meeting "
            f"(known: {', '.join(sorted(KNOWN_KEYS))})"
        )
    committee = _text(values, "committee", path, required=True)
    try:
        meeting = Meeting(
            id=_identifier(_text(values, "id", path, required=True), path),
            council=_text(values, "council", path, required=True),
            committee=committee,
            committee_code=_text(values, "committee_code", path) or initials(committee),
            date=_date(values.get("date"), path),
            title=_text(values, "title", path),
            start=_text(values, "start", path),
            language=_text(values, "language", path) or "en",
            chair=_text(values, "chair", path),
            page=_text(values, "page", path),
            link=_link(_text(values, "link", path), path),
            people=_people(values, folder, path),
            agenda=_agenda(values, folder, path),
            recordings=_recordings(values, folder, path),
        )
    except ValueError as fault:
        raise ManifestError(f"{path}: {fault}") from fault
    if meeting.chair and meeting.people and meeting.person(meeting.chair) is None:
        raise ManifestError(
            f"{path} names '{meeting.chair}' as chair, who is not on its roster: "
            "add them to the roster or correct the name"
        )
    return meeting


def bare_meeting(recording: Path, captions: Path | None = None) -> Meeting:
    """A meeting known by its recording alone; its date from the file's name, else its age."""
    found = re.search(r"(20\d\d)-?([01]\d)-?([0-3]\d)", recording.name)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        day = datetime.fromtimestamp(recording.stat().st_mtime).date()
        logger.warning(
            "%s has no date in its name and no %s: taken as of %s, when the file was last changed",
            recording,
            MANIFEST_NAME,
            day,
        )
    stem = re.sub(r"[^a-z0-9]+", "-", recording.stem.lower()).strip("-") or "recording"
    beside = captions or _captions_beside(recording)
    return Meeting(
        id=stem,
        council="",
        committee="Unknown committee",
        committee_code="UNKNOWN",
        date=day,
        title=recording.name,
        recordings=(
            Recording(
                path=str(recording),
                captions=str(beside) if beside else "",
                seat_log=seat_log_beside(recording),
            ),
        ),
    )


def seat_log_beside(recording: Path) -> str:
    """The log of microphones that lies beside a recording: ``<recording>.seats.csv``."""
    names = (recording.name + SEAT_LOG_SUFFIX, recording.stem + SEAT_LOG_SUFFIX)
    return next((str(p) for n in names if (p := recording.with_name(n)).is_file()), "")


def read_roster(path: Path) -> tuple[Person, ...]:
    """People of a roster CSV: ``name`` and any of role, kind, party, ward, aliases, attendance.

    Aliases are split at ``;`` or ``|``. The same name twice is taken once, with a warning, where
    both lines agree; where they do not, it is an error: nobody could tell which is meant.
    """
    rows = read_csv(path, needed=("name",))
    people: dict[str, Person] = {}
    for number, row in rows:
        name = row.get("name", "").strip()
        if not name:
            continue
        person = _person(row, path, number)
        if name in people and people[name] != person:
            raise ManifestError(
                f"{path} line {number} has '{name}' a second time with other details: "
                "keep one line a person, or tell two people of one name apart in the name"
            )
        if name in people:
            logger.warning("%s line %d repeats '%s' and was skipped", path, number, name)
        people[name] = person
    if not people:
        raise ManifestError(f"{path} names nobody: it needs a column 'name' with people in it")
    return tuple(people.values())


def read_agenda(path: Path) -> tuple[AgendaItem, ...]:
    """Items of an agenda CSV: ``item`` and ``title``, and any of ``restricted``, ``begins_s``."""
    return _items([row for _, row in read_csv(path, needed=("item", "title"))], path)


def initials(committee: str) -> str:
    """``Safer Communities Scrutiny Committee`` → ``SCSC``, where no code is given."""
    words = [
        w for w in re.findall(r"[A-Za-z]+", committee) if w.lower() not in ("and", "of", "the")
    ]
    return "".join(w[0].upper() for w in words) or "COMMITTEE"


def _captions_beside(recording: Path) -> Path | None:
    beside = (recording.with_suffix(suffix) for suffix in CAPTIONS_SUFFIXES)
    return next((p for p in beside if p.is_file()), None)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError as fault:
        raise ManifestError(f"there is no meeting file {path}") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise ManifestError(f"{path} is not readable as TOML: {fault}") from fault


def read_csv(path: Path, *, needed: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells of every row, by lower-case column; ``needed`` ones must be there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = [(c or "").strip().lower() for c in reader.fieldnames or ()]
            missing = [c for c in needed if c not in columns]
            if missing:
                raise ManifestError(
                    f"{path} has no column '{missing[0]}' (it has: {', '.join(columns) or 'none'})"
                )
            reader.fieldnames = columns
            return [
                (reader.line_num, {k: (v or "").strip() for k, v in row.items() if k})
                for row in reader
            ]
    except FileNotFoundError as fault:
        raise ManifestError(f"there is no file {path}, which the meeting names") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise ManifestError(
            f"{path} is not readable as CSV in UTF-8: {fault}; save it again as 'CSV UTF-8'"
        ) from fault


def _person(row: Mapping[str, str], path: Path, number: int) -> Person:
    kind = row.get("kind", "").lower() or "councillor"
    attendance = row.get("attendance", "").lower()
    _one_of(kind, KINDS_OF_PERSON, f"{path} line {number}", "kind")
    _one_of(attendance, ("", *ATTENDANCE), f"{path} line {number}", "attendance")
    aliases = tuple(a.strip() for a in re.split(r"[;|]", row.get("aliases", "")) if a.strip())
    return Person(
        name=row["name"].strip(),
        role=row.get("role", ""),
        kind=kind,
        party=row.get("party", ""),
        ward=row.get("ward", ""),
        aliases=aliases,
        attendance=attendance,
    )


def _people(values: Mapping[str, Any], folder: Path, path: Path) -> tuple[Person, ...]:
    named = _text(values, "roster", path)
    people = list(read_roster(folder / named)) if named else []
    for number, row in enumerate(_tables(values, "people", path), 1):
        texts = {k: str(v) for k, v in row.items()}
        if not texts.get("name", "").strip():
            raise ManifestError(f"{path}: [[people]] number {number} has no name")
        people.append(_person(texts, path, number))
    status = {}
    for row in _tables(values, "attendance", path):
        name, word = str(row.get("name", "")), str(row.get("status", "")).lower()
        if name not in {p.name for p in people}:
            raise ManifestError(f"{path}: attendance names '{name}', who is not on the roster")
        _one_of(word, ATTENDANCE, f"{path}: attendance of {name}", "status")
        status[name] = word
    return tuple(replace(p, attendance=status.get(p.name, p.attendance)) for p in people)


def _agenda(values: Mapping[str, Any], folder: Path, path: Path) -> tuple[AgendaItem, ...]:
    agenda = values.get("agenda", [])
    if isinstance(agenda, str):
        return read_agenda(folder / agenda)
    rows = [{k: str(v) for k, v in r.items()} for r in _tables(values, "agenda", path)]
    return _items(rows, path)


def _items(rows: Sequence[Mapping[str, str]], path: Path) -> tuple[AgendaItem, ...]:
    return tuple(
        AgendaItem(
            item=row.get("item", str(n)),
            title=row.get("title", ""),
            restricted=row.get("restricted", "").lower() in ("true", "yes", "1"),
            begins_s=_seconds(row.get("begins_s", ""), path),
        )
        for n, row in enumerate(rows, 1)
    )


def _seconds(value: str, path: Path) -> float | None:
    if not value:
        return None
    try:
        return float(value)
    except ValueError as fault:
        raise ManifestError(
            f"{path}: begins_s '{value}' of an agenda item is no number of seconds"
        ) from fault


def _recordings(values: Mapping[str, Any], folder: Path, path: Path) -> tuple[Recording, ...]:
    out = []
    for number, row in enumerate(_tables(values, "recordings", path), 1):
        if not row.get("file") and not row.get("captions"):
            raise ManifestError(f"{path}: [[recordings]] number {number} names no file")
        log = str(row.get("seat_log", "") or _text(values, "seat_log", path))
        named = str(folder / row["file"]) if row.get("file") else ""
        out.append(
            Recording(
                path=named,
                offset_s=float(row.get("offset_s", 0.0)),
                captions=str(folder / row["captions"]) if row.get("captions") else "",
                seat_log=str(folder / log) if log else named and seat_log_beside(Path(named)),
                seat_log_zero=str(row.get("seat_log_zero", "")),
            )
        )
    return tuple(out)


def _tables(values: Mapping[str, Any], key: str, path: Path) -> list[dict[str, Any]]:
    rows = values.get(key, [])
    if not isinstance(rows, list) or any(not isinstance(r, dict) for r in rows):
        raise ManifestError(f"{path}: '{key}' must be written as [[{key}]] tables")
    return rows


def _text(values: Mapping[str, Any], key: str, path: Path, *, required: bool = False) -> str:
    value = values.get(key, "")
    if required and not str(value).strip():
        raise ManifestError(f"{path} does not say '{key}', which every meeting needs")
    return str(value).strip()


def _date(value: object, path: Path) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as fault:
        raise ManifestError(
            f"{path}: date '{value or ''}' is not a date; write it as 2026-06-11"
        ) from fault


def _identifier(value: str, path: Path) -> str:
    """Ids become folder names, so they may not climb out of the record."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,120}", value):
        raise ManifestError(
            f"{path}: id '{value}' may hold letters, digits, dots, dashes and underscores only"
        )
    return value


def _link(value: str, path: Path) -> str:
    if not value:
        return ""
    try:
        value.format(start_s=0, start_ms=0)
    except (KeyError, IndexError, ValueError) as fault:
        raise ManifestError(
            f"{path}: link '{value}' may hold {{start_s}} or {{start_ms}}, no other braces"
        ) from fault
    return value


def _one_of(value: str, known: Sequence[str], where: str, what: str) -> None:
    if value not in known:
        listed = ", ".join(k for k in known if k)
        raise ManifestError(f"{where}: {what} '{value}' is none of {listed}")
