"""Decisions go with the words when a recording is replaced by a new cut, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from transcripts.carrying import carry
from transcripts.decision import Decision
from transcripts.finding import Finding, finding_id
from transcripts.ledger import findings_decided
from transcripts.meeting import Engine, Meeting
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
)
from transcripts.voices_found_again import voices_decided
from transcripts.words import Attribution, Sentence, Utterance, Word

OLD, NEW = "aa" * 32, "bb" * 32
LINES = (
    "Good evening and welcome everybody.",
    "I am worried about the lights on the path.",
    "I move that the council repairs the lights.",
    "Thank you chair that is agreed then.",
    "The next item is the work programme.",
)


def meeting(sha: str, lines: tuple[str, ...], *, late_s: float = 0.0) -> ProcessedMeeting:
    """Ten seconds a line, every line another voice, a finding in each."""
    spoken, sentences, findings = [], [], []
    for n, text in enumerate(lines):
        start = late_s + n * 10.0
        words = tuple(Word(w, start + i, start + i + 0.9) for i, w in enumerate(text.split()))
        end = words[-1].end_s
        spoken.append(Utterance(f"{sha[:2]}u{n}", f"V{n}", words))
        sentences.append(Sentence(f"{sha[:2]}s{n}", f"{sha[:2]}u{n}", f"V{n}", text, start, end))
        found = finding_id(sha, "concern", start, end)
        findings.append(Finding(found, "concern", f"{sha[:2]}s{n}", f"{sha[:2]}u{n}", f"V{n}", text,
                                start, end, rules=("r",)))  # fmt: skip
    transcript = Transcript(
        "june", sha, "speech", (), (), tuple(spoken), tuple(sentences),
        tuple(Attribution(u.voice, u.voice) for u in spoken),
        Coverage(60.0, 60.0, 60.0, 40, 40, 0, len(lines), 0), version=sha,
    )  # fmt: skip
    part = ProcessedTranscript(
        transcript, FindingsVersion(sha, (), tuple(findings)), np.zeros((0, 4), np.float32),
        Engine("vectors", "x"),
    )  # fmt: skip
    about = Meeting("june", "Aldermere", "Scrutiny", "SC", date(2026, 6, 11))
    return ProcessedMeeting(about, (part,))


def about(old: ProcessedMeeting, n: int, kind: str, verdict: str, line_id: str) -> Decision:
    (part,) = old.transcripts
    said, found = part.transcript.sentences[n], part.findings.findings[n]
    return Decision(
        kind, verdict, "A. Clerk", "2026-07-01T10:00:00+01:00", why="I was there", id=line_id,
        meeting_id="june", recording_sha256=OLD, voice=said.voice,
        finding_id="" if kind == "speaker" else found.id, words=said.text,
        start_s=said.start_s, end_s=said.end_s,
    )  # fmt: skip


def test_decisions_go_to_the_seconds_at_which_the_words_are_said_now() -> None:
    """The new cut begins later, and its first line is gone."""
    old, new = meeting(OLD, LINES), meeting(NEW, LINES[1:], late_s=3.5)
    lines = [about(old, 1, "speaker", "Councillor Joan Fletcher", "a"),
             about(old, 2, "reference", "SC/2026-27/01", "b"),
             about(old, 0, "finding", "rejected", "c")]  # fmt: skip

    carried = carry(old, new, lines)

    (part,) = new.transcripts
    assert carried.lost == (lines[2],)
    assert {d.who for d in carried.lines} == {"A. Clerk"}
    assert carried.lines[0].why == "carried over from line a: I was there"
    voices = voices_decided(carried.lines, NEW, part.transcript.utterances).voices
    assert {v: d.verdict for v, d in voices.items()} == {"V0": "Councillor Joan Fletcher"}
    found = findings_decided(carried.lines, NEW, part.findings.findings, kind="reference")
    assert {f: d.verdict for f, d in found.items()} == {
        part.findings.findings[1].id: "SC/2026-27/01"
    }
    assert "4 of 5 sentences are in the new one, which has 4" in carried.told[0]
    assert "decide again" in carried.told[2]
    assert "(lines c)" in carried.told[2]


def test_carrying_again_writes_no_line_twice() -> None:
    """A run that was killed after the lines were written and before it was kept."""
    old, new = meeting(OLD, LINES), meeting(NEW, LINES, late_s=2.0)
    lines = [about(old, 2, "finding", "rejected", "a")]

    once = carry(old, new, lines)
    again = carry(old, new, [*lines, *(replace(d, id="b") for d in once.lines)])

    assert (len(once.lines), again.lines, again.lost) == (1, (), ())


def test_words_spelt_a_little_otherwise_are_found_near_by_only() -> None:
    spelt = (LINES[0], "I am worried about the light on the paths.", *LINES[2:])
    old, new = meeting(OLD, LINES), meeting(NEW, spelt, late_s=1.0)
    elsewhere = meeting(NEW, (LINES[0], *LINES[2:], spelt[1]), late_s=1.0)
    lines = [about(old, 1, "finding", "rejected", "a")]

    assert [d.start_s for d in carry(old, new, lines).lines] == [11.0]
    assert carry(old, elsewhere, lines).lost == tuple(lines)


def test_another_recording_takes_no_decision_over_for_a_sentence_that_is_said_anywhere() -> None:
    """Two of five are in both: a name carried over for that would be a name for anybody."""
    others = ("Let us start.", LINES[0], "Nothing of this was said before.", LINES[3], "Goodbye.")
    old, new = meeting(OLD, LINES), meeting(NEW, others)
    lines = [about(old, 0, "speaker", "Councillor Joan Fletcher", "a"),
             about(old, 3, "speaker", "Councillor Helen Penrose", "b")]  # fmt: skip

    carried = carry(old, new, lines)

    assert carried.lines == ()
    assert carried.lost == tuple(lines)
    assert "2 of 5 sentences are in the new one" in carried.told[0]


def test_a_sentence_that_stands_elsewhere_now_takes_nothing_with_it() -> None:
    """Its neighbours tell that it is another time that it is said."""
    moved = (*LINES[:3], "A pause of some length.", LINES[4], LINES[3])
    old, new = meeting(OLD, LINES), meeting(NEW, moved)

    lines = [about(old, n, "finding", "rejected", f"{n}") for n in (3, 4)]
    carried = carry(old, new, lines)

    assert [d.start_s for d in carried.lines] == [40.0]
    assert carried.lost == (lines[0],)


def test_the_same_recording_moves_nothing() -> None:
    old = meeting(OLD, LINES)

    assert carry(old, old, [about(old, 1, "finding", "rejected", "a")]).told == []
