"""Voices across meetings, as an operator walks it: real sound, real runs, every byte looked at.

June is processed with its script as captions, July with captions that name nobody, so that any
name in July comes from a voice enrolled from June.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.enrolling import Wish, a_year_after, enrol
from flows.known import known_for, listened_for, own_spans
from flows.load import decide
from flows.reviewing import voice_decisions
from flows.unenrolling import purge, remove
from matters_arising.errors import BadInputError, MediaError, StoreError, UnknownValueError
from models.known_voices import VoiceSamples
from models.names.known import UNMISTAKABLE
from models.voiceprint import VoiceEncoder, spectrogram
from tests.flows.support import MATTERS
from tests.voices_support import (
    FLETCHER,
    JULY,
    JUNE,
    LAMBERT,
    MALIK,
    PENROSE,
    decoded,
    found_in,
    sample_meeting,
    traces,
    true_turns,
)
from transcripts.enrolled import Enrolled, EnrolledVoices
from transcripts.ledger import Decision, Ledger
from transcripts.meeting import Meeting
from transcripts.record import Record

pytestmark = pytest.mark.prefect

TODAY = date.today()
Vectors = list[NDArray[np.float32]]


def matters(home: Path, *arguments: str, on: bool = False) -> subprocess.CompletedProcess[str]:
    """Runs the command with known voices turned on or off, whatever is set around it."""
    known = {"MATTERS_KNOWN_VOICES": "true" if on else "false"}
    return subprocess.run(
        [str(MATTERS), "--home", str(home), *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **known},
    )  # fmt: skip


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inbox")
    sample_meeting(folder, JUNE)
    sample_meeting(folder, JULY, tells_names=False)
    return folder


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Path:
    """An archive of both meetings, made with known voices off."""
    home = tmp_path_factory.mktemp("plain") / "home"
    done = matters(home, "process", str(inbox), "--engine", "captions")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(plain: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed."""
    return Path(shutil.copytree(plain, tmp_path / "home"))


@pytest.fixture(scope="module")
def voices(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Vectors:
    """How every voice sounds in both meetings, and how some of their windows do."""
    folder, maker, encoder = tmp_path_factory.mktemp("pcm"), VoiceSamples(), VoiceEncoder()
    made: Vectors = []
    for meeting_id in (JUNE, JULY):
        sound = decoded(folder, meeting_id)
        (part,) = Record(plain).read(meeting_id).transcripts
        spans = own_spans(part.transcript.turns, part.transcript.utterances)
        made += [s.vector for s in (maker.of(sound, of) for of in spans.values()) if s]
        mel = spectrogram(sound.read(*spans["V1"][0]))
        made += list(encoder.encode(np.stack([mel[at : at + 160] for at in range(0, 400, 40)])))
    assert len(made) > 30
    return made


def wish(person: str = PENROSE, meeting_id: str = JUNE, **others: object) -> Wish:
    asked = Wish(person, meeting_id, "consent of 3 June", "A. Clerk", a_year_after(TODAY))
    return replace(asked, **others)  # type: ignore[arg-type]


def names_by_truth(home: Path, meeting_id: str) -> dict[str, tuple[str, str]]:
    """Voice → the name it was given, and whose it mostly is."""
    (part,) = Record(home).read(meeting_id).transcripts
    found = {}
    for a in part.transcript.attributions:
        seconds: Counter[str] = Counter()
        for turn in (t for t in part.transcript.turns if t.voice == a.voice):
            for who, start, end, _ in true_turns(meeting_id):
                seconds[who] += max(0.0, min(end, turn.end_s) - max(start, turn.start_s))
        if seconds:
            found[a.voice] = (a.name, seconds.most_common(1)[0][0])
    return found


def test_a_search_for_voices_finds_them_however_they_are_written(tmp_path: Path) -> None:
    """Else nothing below would mean anything."""
    vector = VoiceEncoder().encode(np.random.default_rng(1).random((1, 160, 40), np.float32))[0]
    forms = {
        "f8": vector.astype("<f8").tobytes(),
        "f4": b"x" + vector.tobytes(),
        "f2": vector.astype("<f2").tobytes(),
        "json": json.dumps([float(v) for v in vector]).encode(),
        "base64": Enrolled.__doc__.encode() + b"=" + _base64(b"ab" + vector.tobytes()),
    }
    for name, data in forms.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "other").write_bytes(np.random.default_rng(2).random(256).astype("<f4").tobytes())

    assert found_in(tmp_path, [vector]) == set(forms)
    assert len(list(traces(vector))) == 16


def _base64(data: bytes) -> bytes:
    import base64

    return base64.b64encode(data)


def test_off_nothing_that_could_identify_a_voice_is_written(plain: Path, voices: Vectors) -> None:
    """Record, warehouse, ledger, results of stages, Prefect's own files: every byte."""
    assert len([p for p in plain.rglob("*") if p.is_file()]) > 20
    assert found_in(plain, voices) == set()
    assert not (plain / "voices").exists()
    assert list((plain / "work").iterdir()) == []


def test_off_enrolling_is_refused_in_one_sentence_and_leaves_nothing(plain: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in plain.rglob("*")}

    told = matters(plain, "voices", "enrol", PENROSE, JUNE, "--reason", "consent", "--by", "me")

    assert told.returncode == 1
    assert "set MATTERS_KNOWN_VOICES=true" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1
    assert {p: p.stat().st_mtime_ns for p in plain.rglob("*")} == before


def test_from_enrolment_to_a_name_to_removal(home: Path, inbox: Path, voices: Vectors) -> None:
    """A voice is on disk in its own file and nowhere else, and then nowhere."""
    assert {name for name, _ in names_by_truth(home, JULY).values()} == {""}
    for person in (PENROSE, MALIK, FLETCHER):
        told = matters(home, "voices", "enrol", person, JUNE, "--reason", "consent", "--by", "C",
                       on=True)  # fmt: skip
        assert told.returncode == 0, told.stderr
    told = matters(home, "process", str(inbox), "--engine", "captions", on=True)

    assert "1 processed, 1 up to date" in told.stdout
    names = names_by_truth(home, JULY)
    assert all(name in ("", true) for name, true in names.values())
    assert {name for name, _ in names.values() if name} == {PENROSE, MALIK, FLETCHER}
    (part,) = Record(home).read(JULY).transcripts
    (named, *_) = [a for a in part.transcript.attributions if a.name == PENROSE]
    assert named.reasons[0].rule == UNMISTAKABLE
    assert f"sounds like the voice enrolled from {JUNE}, likeness .99" in named.reasons[0].quote
    assert "known voices" in {e.task for e in part.transcript.engines}
    assert {str(Path(f).parent) for f in found_in(home, voices)} == {"voices"}

    with pytest.raises(BadInputError, match="a likeness to another enrolled voice does not count"):
        enrol(home, wish(meeting_id=JULY))
    again = matters(home, "process", str(inbox), "--engine", "captions", on=True)
    assert "Nothing new" in again.stdout
    matters(home, "voices", "remove", PENROSE, "--by", "C", "--why", "withdrawn")
    told = matters(home, "voices", "purge", "--by", "C")
    assert "2 voices taken off the disk" in told.stdout
    matters(home, "process", str(inbox), "--engine", "captions", on=True)

    assert {name for name, _ in names_by_truth(home, JULY).values()} == {""}
    assert found_in(home, voices) == set()
    assert not (home / "voices").exists()


def test_the_act_is_in_the_ledger_without_the_voice(home: Path, voices: Vectors) -> None:
    enrol(home, wish(until=TODAY + timedelta(days=90)))

    line = Ledger(home).all_lines()[-1]
    (kept,) = EnrolledVoices(home).all()
    assert (line.kind, line.verdict, line.name) == ("voice", "enrolled", PENROSE)
    assert (line.who, line.why) == ("A. Clerk", "consent of 3 June")
    assert line.day == (TODAY + timedelta(days=90)).isoformat()
    assert (line.meeting_id, line.voice, line.id) == (JUNE, kept.voice, kept.line)
    assert kept.packed not in Ledger(home).path.read_text()
    listed = matters(home, "voices", "list", "--json")
    (row,) = json.loads(listed.stdout)
    assert (row["person"], row["used"]) == (PENROSE, "no, known voices are turned off")
    assert kept.packed[:40] not in listed.stdout
    shown = matters(home, "ledger")
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
    _change(home, JUNE, public=PENROSE)

    with pytest.raises(BadInputError, match="as public: only the voices"):
        enrol(home, wish())
    with pytest.raises(UnknownValueError) as refused:
        enrol(home, wish("Nobody"))
    assert PENROSE not in str(refused.value)


def voice_of(home: Path, meeting_id: str, person: str) -> str:
    """The voice of a meeting that is in truth mostly this person's."""
    return next(v for v, (_, who) in names_by_truth(home, meeting_id).items() if who == person)


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
    _change(home, JUNE, path=str(tmp_path / "gone.opus"))
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


@pytest.fixture(scope="module")
def with_penrose(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = Path(shutil.copytree(plain, tmp_path_factory.mktemp("enrolled") / "home"))
    enrol(home, wish(until=TODAY + timedelta(days=30)))
    return home


@pytest.fixture
def enrolled(with_penrose: Path, tmp_path: Path) -> tuple[Path, Enrolled]:
    """A copy of the archive with one voice enrolled."""
    home = Path(shutil.copytree(with_penrose, tmp_path / "home"))
    (kept,) = EnrolledVoices(home).all()
    return home, kept


def test_a_voice_goes_on_the_day_after_its_last(
    enrolled: tuple[Path, Enrolled], caplog: pytest.LogCaptureFixture
) -> None:
    """In a run with known voices off, too."""
    home, kept = enrolled
    (path,) = (home / "voices").glob("*.json")

    assert listened_for(home, turned_on=True, today=kept.until) == [kept]
    assert listened_for(home, turned_on=False, today=kept.until + timedelta(days=1)) == []

    assert f"the enrolled voice of {PENROSE} was removed: its time ended on" in caplog.text
    assert not path.exists()
    line = Ledger(home).all_lines()[-1]
    assert (line.kind, line.verdict, line.name, line.who) == (
        "voice", "removed", PENROSE, "matters",
    )  # fmt: skip


def test_an_enrolment_whose_line_was_undone_goes(enrolled: tuple[Path, Enrolled]) -> None:
    home, kept = enrolled
    Ledger(home).append([Decision("undo", kept.line, "me", "2026-06-12")])

    assert listened_for(home, turned_on=True) == []
    assert EnrolledVoices(home).count() == 0


def test_a_voice_of_another_engine_is_left_out_and_told(
    enrolled: tuple[Path, Enrolled], caplog: pytest.LogCaptureFixture
) -> None:
    home, kept = enrolled
    EnrolledVoices(home).save(replace(kept, engine=replace(kept.engine, version="0")))

    assert listened_for(home, turned_on=True) == []
    assert "was made by another version of the voice engine and is not used" in caplog.text
    assert EnrolledVoices(home).count() == 1


def test_a_damaged_file_stops_no_run_and_is_told(
    enrolled: tuple[Path, Enrolled], caplog: pytest.LogCaptureFixture
) -> None:
    home, _ = enrolled
    (path,) = (home / "voices").glob("*.json")
    path.write_bytes(path.read_bytes()[:300])

    assert listened_for(home, turned_on=True) == []
    assert "no enrolled voice is used in this run" in caplog.text
    assert purge(home, "me") == 1
    assert "1 could not be read" in Ledger(home).all_lines()[-1].why


def test_a_voice_is_listened_for_only_where_it_may_be_heard(
    enrolled: tuple[Path, Enrolled],
) -> None:
    home, kept = enrolled
    july = Record(home).read(JULY).meeting

    def ids(meeting: Meeting) -> Sequence[str]:
        return known_for(meeting, [kept])

    assert ids(july) == (kept.line,)
    assert ids(Record(home).read(JUNE).meeting) == ()
    assert ids(replace(july, council="Hollin Borough Council")) == ()
    assert ids(replace(july, people=july.people[1:])) == ()
    assert ids(replace(july, people=tuple(replace(p, kind="public") for p in july.people))) == ()
    again = replace(july.recordings[0], sha256=kept.recording_sha256)
    assert ids(replace(july, recordings=(again,))) == ()


def test_who_is_not_enrolled_cannot_be_removed(enrolled: tuple[Path, Enrolled]) -> None:
    home, _ = enrolled
    with pytest.raises(UnknownValueError, match=f"there is: {PENROSE}"):
        remove(home, MALIK, "me")


@pytest.mark.parametrize(
    ("day", "last"),
    [(date(2026, 6, 11), date(2027, 6, 11)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_a_year_is_a_year_on_leap_days_too(day: date, last: date) -> None:
    assert a_year_after(day) == last


def _change(home: Path, meeting_id: str, *, public: str = "", path: str = "") -> None:
    """Writes the meeting of the record again, with a person made public or a recording moved."""
    file = home / "record" / meeting_id / "meeting.json"
    told = json.loads(file.read_text(encoding="utf-8"))
    for person in told["people"]:
        person["kind"] = "public" if person["name"] == public else person["kind"]
    for recording in told["recordings"]:
        recording["path"] = path or recording["path"]
    file.write_text(json.dumps(told), encoding="utf-8")
