"""Decisions of every kind find what they were about after a run with another engine.

The sample council's July meeting is heard by the embedded recogniser and decided upon; then its
captions take the place of what was heard: other words, other seconds, other ids.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.load import decide
from flows.minutes import add_minutes
from matters_arising.cli import main
from models.vectors import MiniLM
from tests.flows.support import SAMPLE, matters
from transcripts.enrolled import EnrolledVoices
from transcripts.finding import Finding
from transcripts.found_again import likeness
from transcripts.ledger import (
    KEEPING_KINDS,
    KINDS,
    Decision,
    Ledger,
    findings_decided,
    now,
    overlap_s,
)
from transcripts.life import Event
from transcripts.processed import ProcessedTranscript
from transcripts.record import Record
from transcripts.voices_found_again import voices_decided
from warehouse.reader import open_reader
from warehouse.register import life, register

pytestmark = [pytest.mark.prefect, pytest.mark.long]

JULY = SAMPLE.parent / "2026-07-16"
MEETING, CLERK = "aldermere-scsc-2026-07-16", "A. Clerk"
AGREEMENT, LIGHTS = "SCSC/2026-27/01", "SCSC/2026-27/02"
DAMP, TWIN, PARENT, STRAY = (f"SCSC/2025-26/{n:02d}" for n in (7, 8, 9, 10))
BROUGHT = {
    DAMP: "That every family with damp is given the name of one officer.",
    TWIN: "That the cabinet member and the police agree on notice.",
    PARENT: "That the paths of the town are lit.",
    STRAY: "That the coffee is changed.",
}
TODAY = date(2026, 9, 1)
MINUTES = """Aldermere Borough Council
Minutes of the Safer Communities Scrutiny Committee held on 16 July 2026

2. Matters arising

RESOLVED:

1. That a written agreement on notice be recommended between the cabinet member and the police.

3. Street lighting

RESOLVED:

1. That the council be recommended to put temporary lights on the Riverside path.
"""
# said so by both engines as a claim; said so by the recogniser alone; said and not about it
ACCEPTED, LOST, NOT_ABOUT = "accepted the whole of it", "fridge", "is it happening"


@dataclass(frozen=True, slots=True)
class Runs:
    """What each standing line was about, by its id, before and after the second run."""

    home: Path
    before: dict[str, str]
    after: dict[str, str]
    lines: list[Decision]


@pytest.fixture(scope="module")
def known_voices_on() -> Iterator[None]:
    """Wherever they are off, whatever writes takes them off the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MATTERS_KNOWN_VOICES", "true")
        yield


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, known_voices_on: None) -> Runs:
    """The archive after both runs."""
    home = tmp_path_factory.mktemp("home")
    folder = tmp_path_factory.mktemp("inbox") / "july"
    folder.mkdir()
    for source in (JULY / "recording.opus", JULY / "captions.vtt", SAMPLE.parent / "roster.csv"):
        shutil.copy(source, folder)
    told = (JULY / "meeting.toml").read_text(encoding="utf-8").replace("../roster", "roster")
    without = told.replace('captions = "captions.vtt"\n', "")
    (folder / "meeting.toml").write_text(without, encoding="utf-8")
    process(home, folder, "sphinx")
    decide_everything(home)
    before = dict(objects(home))

    (folder / "meeting.toml").write_text(told, encoding="utf-8")
    process(home, folder, "captions")
    return Runs(home, before, dict(objects(home)), Ledger(home).standing())


def process(home: Path, folder: Path, engine: str) -> None:
    made = matters(home, "process", str(folder), "--engine", engine, "--json")
    assert json.loads(made.stdout)["done"] == 1, made.stdout + made.stderr


def decide_everything(home: Path) -> None:
    """A decision of every kind, those that are not on the command line last."""
    said = preferred(home)
    worries = [f for f in said.findings.findings if f.kind == "concern"]
    worry = next(f for f in worries if "the same thing again" in f.quote)
    (home / "minutes.txt").write_text(MINUTES, encoding="utf-8")
    minutes = add_minutes(str(home / "minutes.txt"), MEETING, home=home, vectors=MiniLM()).minutes
    points = {AGREEMENT: minutes.points[0].id, LIGHTS: minutes.points[1].id}
    decide(home, [entry(reference) for reference in BROUGHT])
    for words in (
        ("decide", "speaker", MEETING, voice_of(said, ACCEPTED), "Rachel Dawson"),
        ("decide", "finding", worry.id, "rejected"),
        ("decide", "withhold", "Paul Hartley"),
        about(DAMP, "link", claim(said, ACCEPTED), "accept"),
        about(DAMP, "link", claim(said, LOST), "accept"),
        about(DAMP, "link", claim(said, NOT_ABOUT), "reject"),
        about(DAMP, "progress", "in_progress", "--quote", "a hundred and twelve families"),
        about(AGREEMENT, "minuted", points[AGREEMENT], "accept"),
        about(LIGHTS, "minuted", points[LIGHTS], "reject"),
        about(AGREEMENT, "refer", "--to", "the police", "--received", "2026-07-20"),
        about(AGREEMENT, "respond", "deferred", "--on", "2026-07-28"),
        about(AGREEMENT, "note", "ring in August"),
        about(AGREEMENT, "contest", "--why", "the police say otherwise"),
        about(LIGHTS, "correct", "lead_officer", "Mark Bennett"),
        about(TWIN, "merge", AGREEMENT),
        about(PARENT, "split", LIGHTS),
        about(STRAY, "withdraw"),
        about(LIGHTS, "close"),
        about(LIGHTS, "reopen"),
        about(LIGHTS, "note", "a slip"),
    ):
        told = CliRunner().invoke(main, ["--home", str(home), *words, "--by", CLERK])
        assert told.exit_code == 0, (words, told.output)
    by_name = "voices", "enrol", "Rachel Dawson", MEETING, "--reason", "consent", "--by", CLERK
    told = matters(home, *by_name)
    assert told.returncode == 0, told.stderr
    slip = next(d for d in Ledger(home).all_lines() if d.verdict == "a slip")
    assert matters(home, "decide", "undo", slip.id, "--by", CLERK).returncode == 0


def about(reference: str, *words: str) -> tuple[str, ...]:
    return ("recommendation", reference, *words)


def entry(reference: str) -> Decision:
    values = (
        ("committee", "Safer Communities Scrutiny Committee"),
        ("meeting_date", "2026-03-12"),
        ("agenda_item", "4"),
    )
    return Decision("entry", BROUGHT[reference], CLERK, now(), reference=reference, values=values)


def preferred(home: Path) -> ProcessedTranscript:
    return next(part for part in Record(home).read(MEETING).transcripts if part.preferred)


def claim(said: ProcessedTranscript, words: str) -> str:
    return next(c.id for c in said.findings.claims if words in c.quote)


def voice_of(said: ProcessedTranscript, words: str) -> str:
    return next(u.voice for u in said.transcript.utterances if words in u.text.casefold())


def objects(home: Path) -> Iterator[tuple[str, str]]:
    """The id of each standing line with what it is about now, in words; only those found."""
    said, standing = preferred(home), Ledger(home).standing()
    sha, held = said.transcript.recording_sha256, said.findings.findings
    kinds = {f.id: f for f in held}
    for kind in ("finding", "reference"):
        for found, line in findings_decided(standing, sha, held, kind=kind).items():
            yield line.id, sentence_of(said, kinds[found])
    for voice, line in voices_decided(standing, sha, said.transcript.utterances).voices.items():
        yield line.id, heard_at(said, voice, line)
    kept = {e.line for e in EnrolledVoices(home).all()}
    for line in (d for d in standing if d.kind == "voice" and d.id in kept):
        yield line.id, heard_at(said, voice_at(said, line), line)
    with open_reader(home) as reader:
        lives = [life(reader, e.reference, today=TODAY) for e in register(reader, today=TODAY)]
    for held_life in lives:
        if held_life.entry.recommendation:  # one that is here, not only spoken of
            by_id = {e.id: e for e in held_life.events}
            for line in standing:
                if line.id in by_id and reaches(home, line, by_id[line.id], held_life.events):
                    yield line.id, held_life.entry.text_spoken or held_life.entry.text_minuted
    withheld = [d for d in standing if d.kind == "withhold"]
    shown = matters(home, "search", "superintendent", "--mode", "words", "--json").stdout
    yield from ((d.id, "withheld") for d in withheld if shown and "Hartley" not in shown)


def sentence_of(said: ProcessedTranscript, finding: Finding) -> str:
    return next(s.text for s in said.transcript.sentences if s.id == finding.sentence_id)


def voice_at(said: ProcessedTranscript, line: Decision) -> str:
    """The voice that says most within the seconds of a line."""
    start_s, end_s = line.start_s or 0.0, line.end_s or 0.0
    spoken = said.transcript.utterances
    return max(spoken, key=lambda u: overlap_s(start_s, end_s, u.start_s, u.end_s)).voice


def heard_at(said: ProcessedTranscript, voice: str, line: Decision) -> str:
    """What that voice says at the seconds of a line, the longest of it."""
    start_s, end_s = line.start_s or 0.0, line.end_s or 0.0
    own = [u for u in said.transcript.utterances if u.voice == voice]
    return max(own, key=lambda u: overlap_s(start_s, end_s, u.start_s, u.end_s)).text


def reaches(home: Path, line: Decision, own: Event, events: tuple[Event, ...]) -> bool:
    """Whether a verdict on a claim or a point does what it says to just that claim or point.

    ``own`` is the line among the events; it names the id that its object has now.
    """
    if line.kind not in ("link", "minuted"):
        return True
    hit = [e for e in events if e.source and e.source in own.note]
    if line.verdict == "accepted":
        return any(e.by == CLERK and e.standing in ("claimed", "minuted") for e in hit)
    return not hit and any(held in own.note for held in held_ids(home))


def held_ids(home: Path) -> set[str]:
    """The claims and the points of minutes that there are now."""
    points = {p.id for m in Record(home).minutes(MEETING) for p in m.points}
    return points | {c.id for c in preferred(home).findings.claims}


def test_every_kind_of_decision_was_taken(runs: Runs) -> None:
    lines = Ledger(runs.home).all_lines()

    assert {d.kind for d in lines} == set(KINDS) - set(KEEPING_KINDS)  # those: test_keeping.py


def test_what_was_heard_is_other_than_what_the_captions_say(runs: Runs) -> None:
    """Else nothing would be shown: no sentence is in both, nor any finding."""
    now_held = preferred(runs.home)

    assert now_held.transcript.source == "captions"
    ids = {f.id for f in now_held.findings.findings} | {c.id for c in now_held.findings.claims}
    pointed = {d.finding_id for d in runs.lines} | {d.claim_id for d in runs.lines}
    assert pointed - {""}
    assert not ids & pointed


def test_every_decision_found_its_object_again(runs: Runs) -> None:
    """All of them, and just theirs: the words of each object are the same but for the spelling."""
    ids = {d.id for d in runs.lines}

    assert len(ids) == 26
    assert set(runs.before) == ids
    assert set(runs.after) == ids, [d for d in runs.lines if d.id not in runs.after]
    unlike = {i: (runs.before[i], runs.after[i]) for i in ids
              if likeness(runs.before[i], runs.after[i]) < 0.6}  # fmt: skip
    assert unlike == {}


def test_no_number_was_given_again(runs: Runs) -> None:
    given = [d for d in runs.lines if d.kind == "reference"]

    assert [d.verdict for d in given] == [AGREEMENT, LIGHTS]
    told = {d.verdict: runs.after[d.id].casefold() for d in given}
    assert "written agreement" in told[AGREEMENT]
    assert "temporary lights" in told[LIGHTS]


def test_confirmed_claims_keep_the_state_that_was_confirmed(runs: Runs) -> None:
    """One is heard by both engines; of the other the captions make no claim any more."""
    with open_reader(runs.home) as reader:
        found = life(reader, DAMP, today=TODAY)
    kept = {d.words: dict(d.values)["state"] for d in runs.lines if d.kind == "link"
            and d.verdict == "accepted"}  # fmt: skip

    told = {e.evidence.quote: e.state for e in found.events if e.standing == "claimed"}
    assert len(told) == len(kept) == 2
    assert sorted(told.values()) == sorted(kept.values())
    assert any("whole of it" in quote for quote in told)
    assert found.entry.response == "accepted"
