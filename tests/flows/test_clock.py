"""A date that nothing in the archive tells of sets nothing off that cannot be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import retention
from flows.clock import FAR, believed, doubt
from flows.load import shown_ids
from matters_arising.errors import BadInputError
from tests.sample_home import JUNE
from transcripts.ledger import Decision, Ledger
from transcripts.meeting import Recording
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from transcripts.sources.landed import LandedFile, LandedState, write_landed
from transcripts.sources.meeting import Saved

LAST = date(2026, 6, 11)  # the day of the meeting
WRONG = date(2036, 1, 2)


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """One meeting in the record, and a ledger that nobody has written in."""
    home = tmp_path / "home"
    meeting = Record(sample_home).read(JUNE).meeting
    Record(home).save(ProcessedMeeting(meeting, ()), "key")
    return home


def ran(home: Path, *days: date) -> None:
    """The program was at work on these days."""
    for day in days:
        Ledger(home).append([Decision("reference", "S/1", "matters", f"{day}T02:00:00+00:00")])
        (home / "reports").mkdir(exist_ok=True)
        (home / "reports" / f"{day:%Y%m%d}T020000000000.json").touch()


@pytest.mark.parametrize(
    ("worked", "today", "right"),
    [
        ([], LAST + FAR, True),
        ([], LAST + FAR + timedelta(days=1), False),
        ([LAST + timedelta(days=60)], LAST + FAR + timedelta(days=1), True),
        ([WRONG - timedelta(days=1), WRONG], WRONG, False),  # a second night of a wrong clock
        ([], LAST - timedelta(days=900), True),
    ],
)
def test_today_is_believed_where_the_archive_was_at_work_till_shortly_before(
    home: Path, worked: list[date], today: date, right: bool
) -> None:
    ran(home, *worked)

    assert (believed(home, today) == today) is right
    assert bool(doubt(home, today)) is not right


def test_a_day_on_which_somebody_decided_something_is_one(home: Path) -> None:
    """Old meetings may be taken in years later, and what is held back of them shown next week."""
    day = WRONG - timedelta(days=1)
    Ledger(home).append([Decision("note", "x", "A. Clerk", f"{day}T10:00:00+00:00")])

    assert believed(home, WRONG) == WRONG


def test_an_archive_of_nothing_believes_any_date(tmp_path: Path) -> None:
    assert believed(tmp_path, WRONG) == WRONG


def set_to(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> date:
            return day

    monkeypatch.setattr("flows.retention.date", Clock)
    monkeypatch.setattr("flows.load.date", Clock)


def test_one_wrong_night_takes_nothing_off_the_disk(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And releases nothing that is held back; a person may say that the date is right."""
    set_to(WRONG, monkeypatch)
    wanted = [retention.Due(JUNE, "transcript", LAST)]

    with pytest.raises(
        BadInputError, match=r"2026-06-11.*matters retention --apply --date-is-right"
    ):
        retention.apply(home, wanted, "matters", {"transcript": 1})

    assert Ledger(home).all_lines() == []
    assert retention.apply(home, wanted, "A", {"transcript": 1}, date_is_right=True) == wanted


def test_what_is_held_back_stays_so_by_a_wrong_clock(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Decision(
        "hold", "held", "A", f"{LAST}T10:00:00+00:00", meeting_id=JUNE, day="2026-07-01"
    )
    Ledger(home).append([held])

    set_to(WRONG, monkeypatch)
    assert shown_ids(home) == []
    set_to(date(2026, 7, 1), monkeypatch)
    assert shown_ids(home) == [JUNE]


def test_a_recording_that_was_fetched_goes_and_is_not_fetched_again(
    home: Path, tmp_path: Path
) -> None:
    """An empty file stays for it in the inbox beside the home; another's file is left."""
    folder = tmp_path / "inbox" / "june"
    folder.mkdir(parents=True)
    fetched, brought = folder / "recording-1.mp3", folder / "my.mp3"
    for path in (fetched, brought):
        path.write_bytes(b"sound")
    landed = LandedFile(fetched.name, "recording", "https://x", "x", saved=Saved("aa", 5))
    write_landed(folder, LandedState(files=(landed,)))
    meeting = replace(
        Record(home).meeting(JUNE),
        recordings=(Recording(str(fetched), "aa"), Recording(str(brought), "bb")),
    )
    Record(home).save(ProcessedMeeting(meeting, ()), "key")
    clocks = {"audio": 30}

    listed = retention.due(home, clocks, LAST + timedelta(days=31))
    retention.apply(home, listed, "A", clocks, date_is_right=True)

    ((due,), left) = listed, Record(home).meeting(JUNE).recordings
    assert (due.own, due.outside) == ((str(fetched),), (str(brought),))
    assert (fetched.read_bytes(), brought.read_bytes()) == (b"", b"sound")
    assert [r.path for r in left] == ["", str(brought)]
    assert not retention.due(home, clocks, LAST + timedelta(days=31))[0].touches
