"""Which source tells voices apart: the seat log, the sound, or both; no log stops a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.heard import Heard
from flows.plan import Plan, make_plan
from flows.voiced import BySound, voiced
from models.toolbox import Toolbox
from transcripts.meeting import Engine, Meeting, Recording
from transcripts.utterances import utterances
from transcripts.voiceless import NO_MICROPHONE, Reasons, voiceless
from transcripts.words import Segment, Turn, Word

ENGINE = Engine("turns", "embedded")
HEARD = Heard(120.0, ((0.0, 60.0), (62.0, 120.0)))
HALF = "name;on;off\nCllr Ida Rudge;0;30\nCllr Tom Quill;29;60\n"


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A meeting known by its captions, with a seat log that covers the first of two minutes."""
    (tmp_path / "c.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n")
    (tmp_path / "c.seats.csv").write_text(HALF)
    recording = Recording(
        "", captions=str(tmp_path / "c.vtt"), seat_log=str(tmp_path / "c.seats.csv")
    )
    meeting = Meeting(
        "m", "Brackwell", "Scrutiny", "SC", date(2026, 6, 11), recordings=(recording,)
    )
    return make_plan(meeting, Toolbox(speech="captions"))


def sound(*turns: Turn) -> BySound:
    return BySound(ENGINE, turns)


ONE_VOICE = sound(Turn("V1", 0.0, 60.0), Turn("V1", 62.0, 120.0))


def test_what_the_log_leaves_out_is_told_apart_by_sound(plan: Plan) -> None:
    """Both engines are named in the record."""
    found = voiced(plan, plan.sources[0], HEARD, ONE_VOICE)

    assert [(t.voice, t.start_s, t.end_s) for t in found.turns] == [
        ("V1", 0.0, 30.0), ("V2", 29.0, 60.0), ("V3", 62.0, 120.0),
    ]  # fmt: skip
    assert [e.name for e in found.turns_engines] == ["seat-log", "embedded"]
    assert found.seats == {"V1": "Cllr Ida Rudge", "V2": "Cllr Tom Quill"}
    assert found.faults == ()


def debate(*, shift_s: float = 0.0, end_s: float = 600.0) -> list[Turn]:
    """Four people, who speak for longer and shorter, each time another."""
    turns, at = [], 0.0
    for n in range(100):
        length = 4.0 + (n * n * 7) % 19
        turns.append(Turn(f"V{1 + (n * n + n // 3) % 4}", at + shift_s, at + length + shift_s))
        at += length + 0.5
    return [t for t in turns if t.start_s < end_s]


def logged(turns: Sequence[Turn]) -> str:
    return "name,on,off\n" + "\n".join(f"{t.voice},{t.start_s},{t.end_s}" for t in turns)


@pytest.mark.parametrize("late_s", [-3.0, 0.0, 2.0, 45.0])
def test_a_clock_that_is_off_is_told_by_the_voices_and_set_right(plan: Plan, late_s: float) -> None:
    """A log that is two seconds late would give every tenth word to a wrong person."""
    log = Path(plan.sources[0].recording.seat_log)
    log.write_text(logged([t for t in debate(shift_s=late_s) if t.start_s >= 0]))
    heard = Heard(600.0, ((0.0, 600.0),))

    found = voiced(plan, plan.sources[0], heard, sound(*debate()))

    begins = [t.start_s for t in debate()]
    inside = [t.start_s for t in found.turns if 60 < t.start_s < 540]
    assert inside
    assert max(min(abs(at - b) for b in begins) for at in inside) <= 0.3
    assert (f"{late_s:+.1f} s from the voices heard" in "".join(found.faults)) == bool(late_s)


def test_the_log_of_another_meeting_is_set_aside_unless_a_person_set_its_clock(plan: Plan) -> None:
    """Its microphones go with no voice, however it is shifted."""
    log = Path(plan.sources[0].recording.seat_log)
    other = [Turn(f"V{1 + n % 5}", 11.0 * n, 11.0 * n + 10.5) for n in range(54)]
    log.write_text(logged(other))
    heard, source = Heard(600.0, ((0.0, 600.0),)), plan.sources[0]

    found = voiced(plan, source, heard, sound(*debate()))
    by_hand = replace(source.recording, seat_log_zero="0")
    kept = voiced(plan, replace(source, recording=by_hand), heard, sound(*debate()))

    assert not found.by_log
    assert "do not go with the voices heard" in found.faults[0]
    assert kept.by_log


def test_without_sound_the_rest_is_stated_as_a_gap_of_the_log(plan: Plan) -> None:
    """Words after its last row have no voice and say why."""
    found = voiced(plan, plan.sources[0], Heard(), None)
    said = Segment(tuple(Word(f"w{n}", 1.0 * n, n + 0.5) for n in range(0, 120, 10)))

    spoken = utterances([said], found.turns, prefix="a", reasons=Reasons(by_log=found.by_log))

    assert voiceless(spoken) == {NO_MICROPHONE: 5}  # that at 60 s is within reach of the last row


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,party\nIda,Independent\n", "no columns"),
        ("name,on,off\nIda,soon,later\n", "cannot be used"),
        (None, "cannot be read"),
        ("name,on,off\nIda,0,5\nTom,110,115\n", "only 1"),
    ],
)
def test_a_log_that_is_no_use_leaves_the_meeting_to_the_sound(
    plan: Plan, text: str | None, says: str
) -> None:
    """One sentence, and the turns of the sound."""
    log = Path(plan.sources[0].recording.seat_log)
    log.unlink()
    if text is not None:
        log.write_text(text)

    found = voiced(plan, plan.sources[0], HEARD, ONE_VOICE)

    assert [t.voice for t in found.turns] == ["V1", "V1"]
    assert found.turns_engines == (ENGINE,)
    assert not found.by_log
    assert len(found.faults) == 1
    assert says in found.faults[0]
    assert "by sound" in found.faults[0]


def test_an_open_microphone_of_a_chair_takes_no_words_from_others() -> None:
    """The last to be switched on has the floor; by sound it is the first."""
    turns = [Turn("V1", 0.0, 100.0), Turn("V2", 10.0, 20.0)]
    said = Segment(tuple(Word(f"w{n}", 5.0 * n, 5.0 * n + 0.5) for n in range(6)))

    by_log = utterances([said], turns, prefix="a", reasons=Reasons(by_log=True))
    by_ear = utterances([said], turns, prefix="a", reasons=Reasons(((0.0, 100.0),)))

    assert [u.voice for u in by_log] == ["V1", "V1", "V2", "V2", "V1", "V1"]
    assert {u.voice for u in by_ear} == {"V1"}


def test_a_changed_log_makes_a_new_plan_and_a_moved_one_does_not(plan: Plan) -> None:
    """The key names its content."""
    log = Path(plan.sources[0].recording.seat_log)
    moved = log.rename(log.with_name("other.csv"))
    recording = replace(plan.meeting.recordings[0], seat_log=str(moved))
    meeting = replace(plan.meeting, recordings=(recording,))

    assert make_plan(meeting, plan.tools).key == plan.key
    moved.write_text(HALF.replace("29", "28"))
    assert make_plan(meeting, plan.tools).key != plan.key
