"""Whether this machine's date can be: what a date alone sets off cannot be taken back.

A clock that jumps ahead would let a night take an archive off the disk and show what is held back.
So the date is held against what the archive knows: the days of its meetings, which came from the
council, and of what people decided, and from those on the days on which the program itself was at
work. Runs of a wrong clock stand alone, far from all of these, and vouch for nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from matters_arising.errors import MattersArisingError
from transcripts.ledger import Ledger
from transcripts.record import Record

FAR = timedelta(days=92)  # without any sign of the archive; a council rests in summer


def believed(home: Path, today: date) -> date:
    """Today, or the last day that is known of where today is too far from it to be true."""
    last = last_known(home, today)
    return today if last is None or today - last <= FAR else last


def doubt(home: Path, today: date) -> str:
    """Why today is not believed, in words; empty where it is."""
    last = believed(home, today)
    if last == today:
        return ""
    return (
        f"this machine says that it is {today}, and the last that {home} knows of is of {last}: "
        "nothing is taken off the disk by a date that may be wrong; set the clock right, or where "
        "it is, give: matters retention --apply --date-is-right"
    )


def last_known(home: Path, today: date) -> date | None:
    """The last day up to today of which there is a sign; None where there never was one."""
    lines = Ledger(home).all_lines()
    own = {_day(d.when) for d in lines if d.who == "matters"} | set(_reported(home))
    acted = [d for d in (_day(d.when) for d in lines if d.who != "matters") if d]
    last = _reached(acted, own, today)
    if last is None or today - last > FAR:  # reading every meeting takes seconds
        last = _reached([*acted, *_met(home)], own, today)
    return last


def _reached(sure: Iterable[date], own: Iterable[date | None], today: date) -> date | None:
    """From the last sure day on along the program's own, as far as none of them is far away."""
    last = max((d for d in sure if d <= today), default=None)
    if last is None:
        return None
    for day in sorted(d for d in own if d and last < d <= today):
        if day - last > FAR:
            break
        last = day
    return last


def _met(home: Path) -> Iterator[date]:
    record = Record(home)
    for meeting_id in record.meeting_ids():
        try:
            yield record.meeting(meeting_id).date
        except MattersArisingError:
            continue  # said where it matters


def _reported(home: Path) -> Iterator[date | None]:
    return (_day(path.stem[:8]) for path in (home / "reports").glob("*.json"))


def _day(told: str) -> date | None:
    try:
        return datetime.fromisoformat(told).date()
    except ValueError:
        return None
