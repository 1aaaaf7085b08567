"""Voices across meetings, as an operator walks it: real sound, real runs, every byte looked at.

June is processed with its script as captions, July with captions that name nobody, so that any
name in July comes from a voice enrolled from June.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from flows.enrolling import enrol
from flows.known import known_for, listened_for, own_spans
from flows.unenrolling import purge, remove
from matters_arising.errors import BadInputError, UnknownValueError
from models.known_voices import VoiceSamples
from models.names.known import UNMISTAKABLE
from models.voiceprint import VoiceEncoder, spectrogram
from tests.flows.known_support import matters, names_by_truth, wish
from tests.voices_support import (
    FLETCHER,
    JULY,
    JUNE,
    MALIK,
    PENROSE,
    decoded,
    found_in,
    traces,
)
from transcripts.enrolled import Enrolled, EnrolledVoices
from transcripts.ledger import Decision, Ledger
from transcripts.meeting import Meeting
from transcripts.record import Record

pytestmark = pytest.mark.prefect

Vectors = list[NDArray[np.float32]]


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


@pytest.mark.long
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
    # another process may sum in another order: the last bits are those that were written
    kept = voices + [e.vector for e in EnrolledVoices(home).all()]
    assert {str(Path(f).parent) for f in found_in(home, kept)} == {"voices"}

    with pytest.raises(BadInputError, match="a likeness to another enrolled voice does not count"):
        enrol(home, wish(meeting_id=JULY))
    again = matters(home, "process", str(inbox), "--engine", "captions", on=True)
    assert "Nothing new" in again.stdout
    matters(home, "voices", "remove", PENROSE, "--by", "C", "--why", "withdrawn")
    told = matters(home, "voices", "purge", "--by", "C")
    assert "2 voices taken off the disk" in told.stdout
    matters(home, "process", str(inbox), "--engine", "captions", on=True)

    assert {name for name, _ in names_by_truth(home, JULY).values()} == {""}
    assert found_in(home, kept) == set()
    assert not (home / "voices").exists()


def test_a_voice_goes_on_the_day_after_its_last(
    enrolled: tuple[Path, Enrolled], caplog: pytest.LogCaptureFixture
) -> None:
    home, kept = enrolled
    (path,) = (home / "voices").glob("*.json")

    assert listened_for(home, turned_on=True, today=kept.until) == [kept]
    assert listened_for(home, turned_on=True, today=kept.until + timedelta(days=1)) == []

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
