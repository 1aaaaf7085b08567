"""Logs of microphones as chambers write them: whatever their form, the same turns come out."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import SeatLogError
from transcripts.seat_log import SeatLog, read_seat_log
from transcripts.words import Turn

DAY = date(2026, 6, 11)
EXPECTED = (Turn("V1", 0.0, 30.0), Turn("V2", 28.0, 60.5), Turn("V1", 61.0, 70.0))
NAMES = {"V1": "Councillor Ida Rudge", "V2": "Councillor Tom Quill"}

BY_SECONDS = """name,start,end
Councillor Ida Rudge,0,30
Councillor Tom Quill,28,60.5
Councillor Ida Rudge,61,70
"""
SEMICOLONS = """Chamber of Brackwell;;;
;;;
Seat No.;Delegate Name;Time_On (s);Speaking Time
1;Councillor Ida Rudge;0,0;30,0
2;Councillor Tom Quill;28,0;32,5
1;Councillor Ida Rudge;61,0;9,0
"""
CLOCK = """Mic On\tMic Off\tFirst name\tSurname
10:00:05\t10:00:35\tCouncillor Ida\tRudge
10:00:33\t10:01:05.5\tCouncillor Tom\tQuill
10:01:06\t10:01:15\tCouncillor Ida\tRudge
"""
DATED = """Participant,Started at,Ended at
Councillor Ida Rudge,11/06/2026 10:00:05,11/06/2026 10:00:35
Councillor Tom Quill,11/06/2026 10:00:33,11/06/2026 10:01:05.5
Councillor Ida Rudge,11/06/2026 10:01:06,11/06/2026 10:01:15
"""
SWITCHES = """Timestamp,Event,Delegate
2026-06-11T10:00:05,Microphone on,Councillor Ida Rudge
2026-06-11T10:00:33,Microphone on,Councillor Tom Quill
2026-06-11T10:00:35,Microphone off,Councillor Ida Rudge
2026-06-11T10:01:05.5,Microphone off,Councillor Tom Quill
2026-06-11T10:01:06,Microphone on,Councillor Ida Rudge
2026-06-11T10:01:15,Microphone off,Councillor Ida Rudge
"""


def read(folder: Path, text: str | bytes, **known: object) -> SeatLog:
    path = folder / "recording.seats.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_seat_log(path, day=DAY, **known)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        (BY_SECONDS, {}),
        (BY_SECONDS.encode("utf-8-sig"), {"start": "10:00"}),
        (BY_SECONDS.encode("utf-16"), {}),
        (SEMICOLONS, {}),
        (CLOCK, {"zero": "10:00:05"}),
        (CLOCK, {"start": "10:00", "offset_s": 5.0}),
        (DATED, {"zero": "10:00:05"}),
        (SWITCHES, {"zero": "2026-06-11T10:00:05"}),
    ],
)
def test_every_form_of_log_gives_the_same_turns(
    tmp_path: Path, text: str | bytes, known: dict[str, object]
) -> None:
    """Overlapping where two microphones were open, named by the log."""
    log = read(tmp_path, text, **known)

    assert log.turns == EXPECTED
    assert log.tags == NAMES
    assert log.faults == ()


def test_a_log_that_ran_before_the_recording_is_cut_to_it(tmp_path: Path) -> None:
    """Zero is what the log shows when the recording begins; nothing lies outside of that."""
    log = read(tmp_path, BY_SECONDS, zero="29", duration_s=35.0)

    assert log.turns == (Turn("V1", 0.0, 1.0), Turn("V2", 0.0, 31.5), Turn("V1", 32.0, 35.0))


def test_a_meeting_may_run_past_midnight(tmp_path: Path) -> None:
    """The clock begins anew and the recording does not."""
    text = "seat,on,off\n7,23:59:00,00:01:00\n8,00:01:00,00:02:00\n"

    log = read(tmp_path, text, start="18:00", offset_s=0.0)

    assert [(t.start_s, t.end_s) for t in log.turns] == [(21540.0, 21660.0), (21660.0, 21720.0)]
    assert log.tags == {"V1": "Seat 7", "V2": "Seat 8"}


def test_a_row_that_cannot_be_read_is_told_and_stops_no_other(tmp_path: Path) -> None:
    """The line and the reason, without the name that stands in it."""
    log = read(tmp_path, BY_SECONDS + "Councillor Tom Quill,80,75\nCouncillor Tom Quill,soon,\n")

    assert log.turns == EXPECTED
    assert len(log.faults) == 1
    assert "2 rows" in log.faults[0]
    assert "line 5: it ends before it begins" in log.faults[0]
    assert "Quill" not in log.faults[0]


@pytest.mark.parametrize(
    ("text", "known", "says"),
    [
        ("name,party\nIda Rudge,Independent\n", {}, "no columns for a time on"),
        ("name,start,end\nIda Rudge,soon,later\n", {}, "line 2: 'soon' is no time"),
        ("name,start,end\n", {}, "no row below its columns"),
        ("time,event,seat\n5,on,7\n", {}, "never switched off"),
        (CLOCK, {}, "seat_log_zero"),
        (CLOCK, {"zero": "noon"}, "seat_log_zero 'noon' is no time"),
        (CLOCK, {"zero": "14:00:00"}, "falls into its recording"),
        (DATED.replace("11/06", "12/06"), {"start": "10:00", "duration_s": 7200.0}, "falls into"),
    ],
)
def test_a_log_that_tells_nothing_says_so_in_one_sentence(
    tmp_path: Path, text: str, known: dict[str, object], says: str
) -> None:
    """What is wrong with it and what to do."""
    with pytest.raises(SeatLogError, match=says) as fault:
        read(tmp_path, text, **known)

    assert "recording.seats.csv" in str(fault.value)
    assert "\n" not in str(fault.value)


def test_a_log_that_is_not_there_says_so(tmp_path: Path) -> None:
    """The manifest may name what is missing."""
    with pytest.raises(SeatLogError, match="cannot be read"):
        read_seat_log(tmp_path / "none.csv", day=DAY)
