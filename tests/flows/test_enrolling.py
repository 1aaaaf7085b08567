"""What must hold before a voice is enrolled, and what is left where it does not."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows.enrolling import Wish, a_year_after, enrol
from flows.known import listened_for
from flows.load import decide
from matters_arising.errors import BadInputError, MediaError, StoreError, UnknownValueError
from tests.flows.known_support import TODAY, change, voice_of, wish
from tests.flows.support import asked
from tests.voices_support import JULY, JUNE, LAMBERT, PENROSE
from transcripts.enrolled import EnrolledVoices
from transcripts.ledger import Decision, Ledger
from transcripts.record import Record
from transcripts.voice_decisions import voice_decisions

pytestmark = pytest.mark.prefect


def test_the_act_is_in_the_ledger_without_the_voice(home: Path) -> None:
    enrol(home, wish(until=TODAY + timedelta(days=90)))

    line = Ledger(home).all_lines()[-1]
    (kept,) = EnrolledVoices(home).all()
    assert (line.kind, line.verdict, line.name) == ("voice", "enrolled", PENROSE)
    assert (line.who, line.why) == ("A. Clerk", "consent of 3 June")
    assert line.day == (TODAY + timedelta(days=90)).isoformat()
    assert (line.meeting_id, line.voice, line.id) == (JUNE, kept.voice, kept.line)
    assert kept.packed not in Ledger(home).path.read_text()
    listed = asked(home, "voices", "list", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["person"], row["used"]) == (PENROSE, "no, known voices are turned off")
    assert kept.packed[:40] not in listed.stdout
    shown = asked(home, "ledger")
    assert "enrolled" in shown.stdout


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (wish(reason="  "), "no reason was given"),
        (wish(until=TODAY - timedelta(days=1)), "cannot be kept until"),
        (wish(until=a_year_after(TODAY) + timedelta(days=1)), "cannot be kept until"),
        (wish("Superintendent Paul Hartley"), "as guest: only the voices of councillors and"),
        (wish("Councillor Nobody"), "no councillor or officer on the roster"),
        (wish("Councillor Anita Rowley"), "no voice of .* is named Councillor Anita Rowley"),
        (wish(LAMBERT), "not known well enough"),
        (wish(voice="V99"), "no voice in .* 'V99'"),
        (wish(voice="V4"), "that voice V4 of .* is Councillor Helen Penrose is not known"),
        (wish(meeting_id=JULY), "no voice of .* is named Councillor Helen Penrose"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_and_leaves_nothing(
    plain: Path, asked: Wish, says: str
) -> None:
    lines = len(Ledger(plain).all_lines())

    with pytest.raises((BadInputError, UnknownValueError), match=says):
        enrol(plain, asked)
    assert not (plain / "voices").exists()
    assert len(Ledger(plain).all_lines()) == lines
    assert list((plain / "work").iterdir()) == []


def test_a_member_of_the_public_is_never_enrolled_and_never_listed(home: Path) -> None:
    """Neither by name nor in the list of those who may be."""
    change(home, JUNE, public=PENROSE)

    with pytest.raises(BadInputError, match="as public: only the voices"):
        enrol(home, wish())
    with pytest.raises(UnknownValueError) as refused:
        enrol(home, wish("Nobody"))
    assert PENROSE not in str(refused.value)


def test_a_persons_word_for_a_voice_is_enough(home: Path) -> None:
    voice = voice_of(home, JUNE, LAMBERT)
    decide(home, voice_decisions(home, JUNE, voice, LAMBERT, "A. Clerk", "his voice"))

    assert enrol(home, wish(LAMBERT)).held_by == "confirmed by A. Clerk"


def test_however_sure_the_name_is_speech_is_needed(home: Path) -> None:
    """Mensah speaks twice in July."""
    mensah = "Councillor Joseph Mensah"
    voice = voice_of(home, JULY, mensah)
    decide(home, voice_decisions(home, JULY, voice, mensah, "A. Clerk", "his voice"))

    with pytest.raises(BadInputError, match=r"speaks alone for \d+ seconds and 30 are needed"):
        enrol(home, wish(mensah, JULY))


def test_a_person_who_decided_otherwise_wins(home: Path) -> None:
    (part,) = Record(home).read(JUNE).transcripts
    (voice,) = [a.voice for a in part.transcript.attributions if a.name == PENROSE]
    decide(home, voice_decisions(home, JUNE, voice, "", "A. Clerk", "not her"))

    with pytest.raises(BadInputError, match=r"no voice of .* is named"):
        enrol(home, wish())


def test_a_withheld_name_is_not_enrolled_and_one_withheld_later_goes(home: Path) -> None:
    enrol(home, wish())
    Ledger(home).append([Decision("withhold", "withheld", "me", "2026-06-12", name=PENROSE)])

    assert listened_for(home, turned_on=True) == []
    assert EnrolledVoices(home).count() == 0
    with pytest.raises(BadInputError, match="withheld"):
        enrol(home, wish())


def test_a_lost_or_changed_recording_is_told(home: Path, tmp_path: Path) -> None:
    change(home, JUNE, path=str(tmp_path / "gone.opus"))
    with pytest.raises(MediaError, match="not there any more, or is another one"):
        enrol(home, wish())

    (tmp_path / "gone.opus").write_bytes(b"another")
    with pytest.raises(MediaError, match="not there any more, or is another one"):
        enrol(home, wish())


def test_what_cannot_be_kept_is_undone_in_the_ledger(home: Path) -> None:
    (home / "voices").write_text("in the way")

    with pytest.raises(StoreError, match="nothing is enrolled"):
        enrol(home, wish())

    line, undo = Ledger(home).all_lines()[-2:]
    assert (undo.kind, undo.verdict) == ("undo", line.id)


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 6, 11), date(2027, 6, 11)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_a_year_is_a_year_on_leap_days_too(day: date, last: date) -> None:
    assert a_year_after(day) == last
