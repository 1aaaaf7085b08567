"""A recording replaced by a new cut: what is different, and people's decisions carried over.

A decision points at seconds of a recording. In a new cut the same words are said at other seconds,
so each decision is found again by the sentences that are in both, and written down anew for the new
recording; the line of before stays what it was.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from transcripts.claim import claim_id
from transcripts.decision import Decision
from transcripts.finding import KINDS, finding_id
from transcripts.found_again import ALIKE, likeness
from transcripts.ledger import MOST_PARTS, overlap_s
from transcripts.processed import ProcessedMeeting, Transcript
from transcripts.words import Sentence

CARRIED = ("speaker", "finding", "reference", "note", "link")
NEAR_S = 3.0
SAME = 0.5  # of the sentences of the shorter; below it, it is a recording of something else
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A recording and the one that took its place; sentences of both, and those they share."""

    old: Transcript
    new: Transcript
    alike: int

    @property
    def told(self) -> str:
        """In words."""
        a, b = self.old.coverage.duration_s / 60, self.new.coverage.duration_s / 60
        before, now = len(self.old.sentences), len(self.new.sentences)
        return (
            f"the recording is another one than before: {a:.1f} minutes then and {b:.1f} now, "
            f"{self.alike} of {before} sentences are in the new one, which has {now}"
        )


@dataclass(frozen=True, slots=True)
class Carried:
    """What was carried over: the new lines, and the decisions whose words are gone."""

    differences: tuple[Difference, ...] = ()
    lines: tuple[Decision, ...] = ()
    lost: tuple[Decision, ...] = ()

    @property
    def told(self) -> list[str]:
        """In words, one sentence each; none where no recording was replaced."""
        if not self.differences:
            return []
        out = [d.told for d in self.differences]
        if self.lines:
            out.append(f"{len(self.lines)} decisions were carried over to it")
        if self.lost:
            ids = ", ".join(d.id for d in self.lost)
            out.append(
                f"{len(self.lost)} decisions are about words that are not in it (lines {ids}): "
                "look at them and decide again"
            )
        return out


def carry(
    before: ProcessedMeeting, after: ProcessedMeeting, standing: Sequence[Decision]
) -> Carried:
    """Pairs the recordings that went with those that came, and moves the decisions about them."""
    differences: list[Difference] = []
    lines: list[Decision] = []
    lost: list[Decision] = []
    settled = {line for d in standing if d.kind == "speaker" for line in d.others}
    for old, new in _replaced(before, after):
        moves = _Moves(old, new)
        differences.append(Difference(old, new, moves.alike))
        there = {_key(d) for d in standing if d.recording_sha256 == new.recording_sha256}
        for decision in standing:
            if decision.recording_sha256 != old.recording_sha256 or decision.kind not in CARRIED:
                continue
            if decision.id in settled:
                continue
            moved = moves.moved(decision)
            if moved is None:
                lost.append(decision)
            elif _key(moved) not in there:
                lines.append(moved)
    return Carried(tuple(differences), tuple(lines), tuple(lost))


def _replaced(
    before: ProcessedMeeting, after: ProcessedMeeting
) -> Iterator[tuple[Transcript, Transcript]]:
    """The preferred transcripts of recordings that are not there any more, with the new ones."""
    old = [p.transcript for p in before.transcripts if p.preferred]
    new = [p.transcript for p in after.transcripts if p.preferred]
    kept = {t.recording_sha256 for t in old} & {t.recording_sha256 for t in new}
    gone = [t for t in old if t.recording_sha256 not in kept]
    came = [t for t in new if t.recording_sha256 not in kept]
    yield from zip(gone, came, strict=False)


def _key(line: Decision) -> tuple[object, ...]:
    start = round(line.start_s or 0.0, 1)
    return (line.kind, line.verdict, line.reference, line.recording_sha256, start)


class _Moves:
    """How far what was said lies from where it was."""

    def __init__(self, old: Transcript, new: Transcript) -> None:
        self._old, self._new = old, new
        plain = [[_plain(s) for s in t.sentences] for t in (old, new)]
        blocks = SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_matching_blocks()
        pairs = [(b.a + n, b.b + n) for b in blocks for n in range(b.size)]
        self.alike = len(pairs)
        pairs = [] if self.alike < SAME * min(map(len, plain)) else self._borne_out(pairs)
        self._to = dict(pairs)
        self._anchors: list[tuple[float, float]] = [
            (old.sentences[a].start_s, new.sentences[b].start_s - old.sentences[a].start_s)
            for a, b in pairs
        ]

    def _borne_out(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Those that were moved as far as one beside them: "thank you, chair" is said anywhere."""
        far = [self._new.sentences[b].start_s - self._old.sentences[a].start_s for a, b in pairs]
        beside = [[*far[max(0, n - 1) : n], *far[n + 1 : n + 2]] for n in range(len(far))]
        return [
            pair
            for pair, own, others in zip(pairs, far, beside, strict=True)
            if any(abs(own - other) <= NEAR_S for other in others)
        ]

    def moved(self, line: Decision) -> Decision | None:
        """The decision about the same words of the new recording; None where they are not in it."""
        if line.start_s is None or line.end_s is None:
            return None
        shift = self._shift(line.start_s, line.end_s)
        if shift is None:
            return None
        sha, start, end = self._new.recording_sha256, line.start_s + shift, line.end_s + shift
        return replace(
            line,
            id="",
            why=f"carried over from line {line.id}" + (f": {line.why}" if line.why else ""),
            recording_sha256=sha,
            voice="",  # labels are made anew; the seconds tell
            start_s=round(start, 3),
            end_s=round(end, 3),
            finding_id=_finding_id(line, sha, round(start, 3), round(end, 3)),
            claim_id=claim_id(sha, start, end) if line.claim_id else "",
        )

    def _shift(self, start_s: float, end_s: float) -> float | None:
        """From a sentence of these seconds that is in both, else from one spelt nearly the same."""
        said = [
            n
            for n, s in enumerate(self._old.sentences)
            if overlap_s(s.start_s, s.end_s, start_s, end_s) > 0
        ]
        for n in said:
            if n in self._to:
                return self._new.sentences[self._to[n]].start_s - self._old.sentences[n].start_s
        near = self._near(start_s)
        if near is None or not said:
            return None
        first = self._old.sentences[said[0]]
        for other in self._new.sentences:
            close = abs(other.start_s - first.start_s - near) <= NEAR_S
            if close and likeness(other.text, first.text) >= ALIKE:
                return other.start_s - first.start_s
        return None

    def _near(self, start_s: float) -> float | None:
        """How far the last sentence before it that is in both was moved, else the first after."""
        if not self._anchors:
            return None
        at = bisect_right(self._anchors, (start_s, float("inf"))) - 1
        return self._anchors[max(at, 0)][1]


def _finding_id(line: Decision, sha: str, start_s: float, end_s: float) -> str:
    """The id that the same finding has in the new recording, as far as it can be told."""
    old = (line.recording_sha256, line.start_s or 0.0, line.end_s or 0.0)
    for kind in KINDS:
        for part in range(MOST_PARTS):
            if line.finding_id == finding_id(old[0], kind, old[1], old[2], part):
                return finding_id(sha, kind, start_s, end_s, part)
    return line.finding_id


def _plain(sentence: Sentence) -> str:
    return " ".join(_WORD.findall(sentence.text.casefold()))
