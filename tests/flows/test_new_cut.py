"""Redacting in a recording that is still to come: whole sentences go when it is processed, and
nothing is said to be done before. A stretch that takes nothing out is refused.
"""

from __future__ import annotations

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from flows import keeping
from flows.proof import Telling, search, telling
from flows.stretches import Stretch, meant
from matters_arising.errors import BadInputError
from tests import tiny_meetings
from tests.flows.support import matters
from tests.sample_home import JUNE
from transcripts.ledger import Ledger
from transcripts.record import Record
from transcripts.redacting import WHY
from transcripts.words import Sentence

MEETING = tiny_meetings.meeting_id(0)
PLACE = ("--why", "an address", "--by", "A. Clerk")
NEW_CUT = [
    ("Councillor Helen Penrose", "Good evening. I recommend that the cabinet member calls on "
     "Mister Quillfeather of Bramblewick Terrace by the end of June. The rest is agreed."),
    ("Councillor Joan Fletcher", "Thank you, that answers my question about the camera van."),
]  # fmt: skip


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def said(home: Path) -> list[Sentence]:
    (part,) = Record(home).read(MEETING).transcripts
    return list(part.transcript.sentences)


@pytest.mark.prefect
def test_sentences_of_captions_to_come_go_whole_when_they_are_read(tmp_path: Path) -> None:
    home, inbox = tmp_path / "home", tmp_path / "inbox"
    made = tiny_meetings.make(inbox, 0, sayings=3)
    assert matters(home, "process", str(inbox), "--engine", "captions").returncode == 0
    (made / "captions.vtt").write_text(tiny_meetings.captions(NEW_CUT))

    told = matters(home, "redact", MEETING, "--from", "0:02", "--to", "0:03",
                   "--recording", str(made / "captions.vtt"), *PLACE)  # fmt: skip
    again = matters(home, "process", str(inbox), "--engine", "captions")

    assert told.returncode == 0, told.stderr
    assert "nothing changed yet, for" in told.stdout
    assert "whole sentences" not in told.stdout
    assert "proof" not in told.stdout
    assert "1 processed" in again.stdout, again.stdout + again.stderr
    assert [s.text for s in said(home)] == [
        "Good evening.", "The rest is agreed.",
        "Thank you, that answers my question about the camera van.",
    ]  # fmt: skip
    (gap,) = [g for g in Record(home).read(MEETING).transcripts[0].transcript.coverage.gaps
              if g.why == WHY]  # fmt: skip
    assert gap.end_s - gap.start_s > 1.5  # of all of the sentence
    assert search(home, Telling(("quillfeather", "bramblewick"), ())).found == ()
    assert "Nothing new" in matters(home, "process", str(inbox), "--engine", "captions").stdout


@pytest.mark.prefect
@pytest.mark.long
def test_sentences_of_sound_to_come_go_whole_when_it_is_heard(tmp_path: Path) -> None:
    """Another machine's reading of it tells where its sentences are."""
    inbox, new_cut = tmp_path / "inbox", tmp_path / "cut.wav"
    made = tiny_meetings.make(inbox, 0, sound=True)
    whole, home = tmp_path / "whole", tmp_path / "home"
    tiny_meetings.write_stretch(new_cut, 5)
    assert matters(home, "process", str(inbox), "--engine", "sphinx").returncode == 0
    shutil.copy(new_cut, made / "recording.wav")
    assert matters(whole, "process", str(inbox), "--engine", "sphinx").returncode == 0
    before = said(whole)
    middle = before[len(before) // 2]
    at = (middle.start_s + middle.end_s) / 2

    told = matters(home, "redact", MEETING, "--from", f"{at}", "--to", f"{at + 0.05}",
                   "--recording", str(new_cut), *PLACE)  # fmt: skip
    again = matters(home, "process", str(inbox), "--engine", "sphinx")

    assert "nothing changed yet" in told.stdout, told.stdout + told.stderr
    assert "1 processed" in again.stdout, again.stdout + again.stderr
    assert [s.text for s in said(home)] == [s.text for s in before if s.id != middle.id]
    assert (
        not list((home / "cache").glob("*/piece-*"))
        or not search(home, telling([middle.text], [s.text for s in said(home)])).found
    )


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (3600.0, 3630.0, "lies beyond its end"),
        (-1.0, -0.5, "has no words from"),
    ],
)
def test_a_stretch_that_takes_nothing_out_is_refused_and_not_written(
    home: Path, start: float, end: float, words: str
) -> None:
    before = Ledger(home).all_lines()

    with pytest.raises(BadInputError, match=words):
        keeping.redact(home, Stretch(JUNE, start, end), "A", "x")

    assert Ledger(home).all_lines() == before


def test_a_mistyped_time_is_told_with_the_length(home: Path) -> None:
    told = matters(home, "redact", JUNE, "--from", "1:00:00", "--to", "1:00:30", *PLACE)

    assert told.returncode == 1
    assert re.search(r"the recording of \S+ is 0:08:\d\d long", told.stderr)
    assert "1:00:00 to 1:00:30 lies beyond its end" in told.stderr
    assert "is redacted" not in told.stdout


def test_a_silence_is_told_with_what_is_said_about_it(home: Path) -> None:
    processed = Record(home).read(JUNE)
    sentences = sorted(processed.transcripts[0].transcript.sentences, key=lambda s: s.start_s)
    a, b = next((a, b) for a, b in pairwise(sentences)
                if b.start_s - a.end_s > 0.2)  # fmt: skip

    with pytest.raises(BadInputError, match=r"the sentence before it ends at .* next one begins"):
        meant(processed, Stretch(JUNE, a.end_s + 0.05, b.start_s - 0.05))


def test_what_was_redacted_before_is_told(home: Path) -> None:
    said = Record(home).read(JUNE).transcripts[0].transcript.sentences[5]
    again = Stretch(JUNE, said.start_s, said.end_s)
    keeping.redact(home, again, "A", "x")

    with pytest.raises(BadInputError, match="of it something is redacted already"):
        keeping.redact(home, again, "A", "x")


def test_what_is_no_recording_is_refused(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "hostname"
    other.write_text("aldermere\n")
    before = Ledger(home).all_lines()

    with pytest.raises(BadInputError, match="is neither a recording nor captions"):
        keeping.redact(home, Stretch(JUNE, 1.0, 2.0, other), "A", "x")

    assert Ledger(home).all_lines() == before


def test_a_stretch_beyond_a_recording_to_come_is_refused(home: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.wav"
    tiny_meetings.write_stretch(cut, 1)

    with pytest.raises(BadInputError, match=r"cut.wav is 0:00:20 long, and 0:01:00 to 0:01:05"):
        keeping.redact(home, Stretch(JUNE, 60.0, 65.0, cut), "A", "x")


def test_the_captions_of_a_recording_that_is_known_are_that_recording(home: Path) -> None:
    processed = Record(home).read(JUNE)
    (recording,) = processed.meeting.recordings

    found = meant(processed, Stretch(JUNE, 10.0, 12.0, Path(recording.captions)))

    assert found.recording_sha256 == recording.sha256
    assert found.heard


def test_what_a_killed_run_read_of_a_recording_to_come_goes(home: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.wav"
    tiny_meetings.write_stretch(cut, 1)
    deed = keeping.redact(home, Stretch(JUNE, 3.0, 4.0, cut), "A", "x")
    kept = home / "cache" / deed.line.recording_sha256[:32] / "piece-1"
    kept.parent.mkdir(parents=True)
    kept.touch()

    keeping.settle(home, JUNE)

    assert deed.is_to_come
    assert (deed.line.start_s, deed.line.end_s) == (3.0, 4.0)
    assert not kept.exists()
