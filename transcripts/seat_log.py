"""Who had the floor by the log of a chamber's microphones: CSV of seats, names and times.

Conference systems log each microphone going on and off, by seat or by the name logged in there.
Their files differ in language of columns, separator, encoding and clock; what is common is one row
a speech (on, off or length, who) or one row a switch (when, who, on or off).

An open microphone is not a voice: a chair's often stays open. Turns are given as logged, so that
they may overlap, and whoever was switched on last has the words (``Voices``).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from matters_arising.errors import SeatLogError
from transcripts.meeting import Engine
from transcripts.seat_log_times import LogClock, Stamp, log_clock, stamp
from transcripts.whole import sha256_of
from transcripts.words import Turn

PREAMBLE = 30  # lines of title and room that may stand above the columns
EVENING_S, MORNING_S = 18 * 3600.0, 6 * 3600.0  # between them a speech may run past midnight
SEPARATORS = (",", ";", "\t", "|")
COLUMNS = {
    "on": "start|start time|started|on|time on|on time|mic on|microphone on|begin|begin time|"
    "started at|from|speech start|activated|activation time|switched on",
    "off": "end|end time|ended|off|time off|off time|mic off|microphone off|stop|stop time|"
    "finish|ended at|to|until|speech end|deactivated|deactivation time|switched off",
    "length": "duration|length|seconds|speaking time|speech time|time spoken|speech duration",
    "when": "time|timestamp|date time|datetime|when|at|event time",
    "switch": "event|action|state|status|mic state|microphone state|event type",
    "name": "name|delegate|delegate name|participant|participant name|speaker|speaker name|"
    "display name|full name|member",
    "first": "first name|forename|given name",
    "last": "last name|surname|family name",
    "seat": "seat|seat number|seat no|seat name|position|unit|unit number|microphone|mic|"
    "mic number|unit id|seat id",
}
KNOWN = {name: what for what, names in COLUMNS.items() for name in names.split("|")}
ON = re.compile(r"\b(?:on|active|activated|open|opened|start|started|speaking|true|1)\b", re.I)
OFF = re.compile(
    r"\b(?:off|inactive|deactivated|close|closed|stop|stopped|end|ended|false|0)\b", re.I
)

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SeatLog:
    """Turns in time order, the name (else the seat) of each voice, and what could not be used."""

    turns: tuple[Turn, ...]
    tags: Mapping[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """One microphone from on to off, in the log's own time."""

    who: str
    on: Stamp
    off: Stamp | None
    length_s: float = 0.0


def seat_log_engine(path: Path, zero: str = "") -> Engine:
    """What the turns of a log are from: the file, by its hash."""
    return Engine("turns", "seat-log", "1", model_sha256=sha256_of(path), settings={"zero": zero})


def read_seat_log(
    path: Path,
    *,
    day: date,
    start: str = "",
    offset_s: float = 0.0,
    zero: str = "",
    duration_s: float = 0.0,
) -> SeatLog:
    """The turns of a log in seconds of its recording, cut to its length where that is known.

    ``zero`` is what the log's clock shows when the recording begins; without it times of day are
    counted from the meeting's ``start`` and the recording's ``offset_s`` in it, other times from
    nought. SeatLogError, in one sentence, where the log cannot be used at all; a row that cannot
    is left out and told in ``faults``.
    """
    rows = _rows(path)
    speeches, bad = _speeches(rows)
    if not speeches or len(bad) > len(speeches):
        why = f"line {bad[0][0]}: {bad[0][1]}" if bad else "there is no row below its columns"
        raise SeatLogError(
            f"the seat log {path} cannot be used ({why}); voices are told apart by sound instead: "
            "export it with a time on, a time off and a name or seat in every row"
        )
    try:
        clock = log_clock(
            (s.on for s in speeches), day=day, start=start, offset_s=offset_s, zero=zero
        )
    except ValueError as fault:
        raise SeatLogError(f"the seat log {path} {fault}") from fault
    turns, tags = _turns(speeches, clock, duration_s)
    if not turns:
        first = clock.seconds(speeches[0].on)
        raise SeatLogError(
            f"no row of the seat log {path} falls into its recording (its first is {first:.0f} s "
            "from the beginning); voices are told apart by sound instead: set seat_log_zero to "
            "what the log's clock shows when the recording begins, or give the log of this meeting"
        )
    return SeatLog(turns, tags, _told(path, bad))


def _told(path: Path, bad: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    if not bad:
        return ()
    line, why = bad[0]
    rows = "1 row" if len(bad) == 1 else f"{len(bad)} rows"
    return (
        f"{rows} of the seat log {path} cannot be used and the sound is taken there "
        f"(the first is line {line}: {why})",
    )


def _turns(
    speeches: Iterable[Speech], clock: LogClock, duration_s: float
) -> tuple[tuple[Turn, ...], dict[str, str]]:
    spans = []
    for speech in speeches:
        start = clock.seconds(speech.on)
        end = start + speech.length_s if speech.off is None else clock.seconds(speech.off)
        start, end = max(0.0, start), min(end, duration_s or end)
        if end > start:
            spans.append((start, end, speech.who))
    voices: dict[str, str] = {}
    turns = tuple(
        Turn(voices.setdefault(who, f"V{len(voices) + 1}"), start, end)
        for start, end, who in sorted(spans)
    )
    return turns, {voice: who for who, voice in voices.items()}


def _speeches(rows: Sequence[tuple[int, Cells]]) -> tuple[list[Speech], list[tuple[int, str]]]:
    """The rows that can be read, and line and reason of those that cannot."""
    by_switch = bool(rows) and "switch" in rows[0][1] and "on" not in rows[0][1]
    bad: list[tuple[int, str]] = []
    found: list[Speech] = []
    if by_switch:
        return list(_switched(rows, bad)), bad
    for line, cells in rows:
        try:
            found.append(_speech(cells))
        except ValueError as fault:
            bad.append((line, str(fault)))
    return found, bad


def _speech(cells: Cells) -> Speech:
    on, who = stamp(cells.get("on") or cells.get("when", "")), _who(cells)
    if cells.get("off"):
        off = stamp(cells["off"])
        midnight = on.seconds > EVENING_S and off.seconds < MORNING_S
        if off.seconds < on.seconds and off.day == on.day and not midnight:
            raise ValueError("it ends before it begins")
        return Speech(who, on, off)
    if not cells.get("length"):
        raise ValueError("it has neither an end nor a length")
    return Speech(who, on, None, stamp(cells["length"]).seconds)


def _switched(rows: Sequence[tuple[int, Cells]], bad: list[tuple[int, str]]) -> Iterator[Speech]:
    """Each "on" with the next "off" of the same microphone."""
    opened: dict[str, tuple[int, Stamp]] = {}
    for line, cells in rows:
        try:
            who, at = _who(cells), stamp(cells.get("when", ""))
            if OFF.search(cells["switch"]):
                if who in opened:
                    yield Speech(who, opened.pop(who)[1], at)
            elif ON.search(cells["switch"]):
                opened.setdefault(who, (line, at))
        except ValueError as fault:
            bad.append((line, str(fault)))
    bad += [(line, "this microphone is never switched off") for line, _ in opened.values()]


def _who(cells: Cells) -> str:
    """The name of a row, else its seat; that of two columns put together."""
    parts = (cells.get("first", ""), cells.get("last", ""))
    seat = cells.get("seat", "")
    name = cells.get("name") or " ".join(p for p in parts if p)
    if not name and not seat:
        raise ValueError("it has neither a name nor a seat")
    return name or (f"Seat {seat}" if seat[:1].isdigit() else seat)


def _rows(path: Path) -> list[tuple[int, Cells]]:
    """Line number and known columns of every row that is not empty."""
    text = _text(path)
    for separator in SEPARATORS:
        lines = list(csv.reader(text.splitlines(), delimiter=separator))
        for at, cells in enumerate(lines[:PREAMBLE]):
            columns = [KNOWN.get(_plain(c), "") for c in cells]
            if _tells(columns):
                below = enumerate(lines[at + 1 :], start=at + 2)
                return [(n, _cells(columns, row)) for n, row in below if any(row)]
    raise SeatLogError(
        f"the seat log {path} has no columns for a time on, a time off (or a length) and a name or "
        "seat; voices are told apart by sound instead: export it as CSV with these columns"
    )


def _tells(columns: Sequence[str]) -> bool:
    has = set(columns)
    speeches = has & {"on", "when"} and has & {"off", "length"}
    return bool((speeches or {"when", "switch"} <= has) and has & {"name", "last", "seat"})


def _cells(columns: Sequence[str], row: Sequence[str]) -> Cells:
    """The first column of each kind that has something in this row."""
    found: dict[str, str] = dict.fromkeys(filter(None, columns), "")
    for column, cell in zip(columns, row, strict=False):
        if column and not found[column]:
            found[column] = " ".join(cell.split())
    return found


def _plain(column: str) -> str:
    """``Start_Time (s)`` → ``start time``."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", column.lower())
    return " ".join(re.sub(r"[^a-z]+", " ", bare).split())


def _text(path: Path) -> str:
    """UTF-8 with or without its mark, UTF-16 as spreadsheets write it, else Windows' own."""
    try:
        raw = path.read_bytes()
    except OSError as fault:
        raise SeatLogError(
            f"the seat log {path}, which the meeting names, cannot be read "
            f"({fault.strerror or fault}); voices are told apart by sound instead"
        ) from fault
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
