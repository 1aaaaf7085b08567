"""Findings filled in: several in one sentence split, each with its slots, later turns taken in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from models.findings.addressee import office_first
from models.findings.asked import asked_to_act
from models.findings.dates import due_date
from models.findings.deadlines import Span, deadline, to_the_deadline
from models.findings.later import Rewordings
from models.findings.matter import Matters
from models.findings.outcomes import NEAR
from models.findings.parts import asked_parts, promised_parts
from models.findings.patterns import Hit, Patterns
from models.findings.slots import SLOT_FILES, Proposals, quoted_part, slot, slots_of
from transcripts.finding import Finding, Slot, finding_id
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Key = tuple[int, str]  # the number of a sentence and the letter of a label
WITH_MATTER = ("R", "C")
PARTED = {"R": asked_parts, "A": promised_parts}
REDIRECTS = "W."
LASTING = ("until ", "till ")
UNTIL = re.compile(r"\b(?:until|till)\b", re.IGNORECASE)
TOGETHER = -2  # in the place of the sentence that put a motion: it put several at once
SHARED = ("addressee", "deadline", "condition")  # told once for a motion said in several sentences


class Filling:
    """Fills in the findings of one recording; one instance serves any number.

    ``day`` is the day of the meeting, ``meetings`` other days on which the committee meets.
    """

    def __init__(self, day: date | None = None, meetings: Sequence[date] = ()) -> None:
        self._day, self._meetings = day, tuple(meetings)
        self._patterns = Patterns(SLOT_FILES)
        self._rewordings = Rewordings()

    def fill(
        self,
        recording_sha256: str,
        sentences: Sequence[Sentence],
        found: Mapping[Key, Finding],
        proposals: Mapping[Key, Proposals] | None = None,
        puts: Mapping[int, int] | None = None,
        vectors: NDArray[np.float32] | None = None,
    ) -> list[Finding]:
        """The findings in their order, split and with slots.

        ``proposals`` are a model's words for the slots of a finding, by sentence and letter;
        ``puts`` gives for the sentence of a recommendation the one that put it to the committee.
        ``vectors`` has one row a sentence; without it no two sentences are known to be alike.
        """
        matters = Matters([s.text for s in sentences], [s.item for s in sentences])
        later = self._later(sentences, found, puts or {}, vectors)
        order = {s.id: i for i, s in enumerate(sentences)}
        made = []
        for (index, letter), finding in found.items():
            proposed = (proposals or {}).get((index, letter))
            split = list(self._split(sentences[index], letter, finding, matters, proposed))
            for number, (quoted, own) in enumerate(split):
                if not any(s.name == "addressee" for s in own):
                    own += [s for s in split[0][1] if s.name == "addressee"]
                slots = _in_order([*own, *later.get((index, letter), ())], order)
                part = replace(finding, quote=quoted, slots=slots)
                made.append(self._dated(_numbered(recording_sha256, part, number)))
        return made

    def _split(
        self,
        sentence: Sentence,
        letter: str,
        finding: Finding,
        matters: Matters,
        proposals: Proposals | None,
    ) -> Iterator[tuple[str, list[Slot]]]:
        """The quotation and the slots of each finding in the sentence."""
        text = sentence.text
        hits = self._patterns.match(text)
        whole = to_the_deadline(hits, quoted_part(text, finding.quote))
        cut = PARTED.get(letter)
        parts = cut(text, whole) if cut else [whole]
        for a, b in parts:
            office = office_first(text, a, b) if a > parts[0][0] else None
            around = (0 if office else parts[0][0], parts[-1][1])
            own, near = _alone(text, hits, around, (a, b))
            fitting = _seen(proposals or {}, text, own)
            slots = list(slots_of(letter, own, near, (a, b), sentence.id, fitting))
            if office and letter == "R" and not any(s.name == "addressee" for s in slots):
                slots.append(slot("addressee", text, Span(*office, "office"), sentence.id))
            if letter in WITH_MATTER:
                taken = [Span(s.start, s.end, s.rule) for s in slots if s.name != "action"]
                about = matters.matter(text, sentence.item, (a, b), taken)
                slots += [slot("matter", text, about, sentence.id)] if about else []
            yield text[a:b], [replace(s, words=text[s.start : s.end]) for s in slots]

    def _later(
        self,
        sentences: Sequence[Sentence],
        found: Mapping[Key, Finding],
        puts: Mapping[int, int],
        vectors: NDArray[np.float32] | None,
    ) -> dict[Key, list[Slot]]:
        """What other sentences say of each recommendation: later turns, and how it was put."""
        at = {s.start_s: i for i, s in reversed(list(enumerate(sentences)))}
        asked = {i: f for (i, letter), f in found.items() if letter == "R"}
        settled = {i: _settled(i, f, at) for i, f in asked.items()}
        said = self._rewordings.after(sentences, settled)
        own = {i: self._shared(i, sentences) for i in asked}
        alike = partial(_alike, vectors)
        for index, last in self._rewordings.last_wordings(sentences, settled, alike).items():
            said[index].append(_quotation(sentences[last], asked[last]))
            said[last] += [s for s in (*own[index], *said[index]) if s.name in SHARED]
        for index, until in settled.items():
            have = {s.name for s in (*own[index], *said[index])}
            said[index] += [
                s
                for i in _motion(index, puts.get(index, -1), until, found)
                for s in self._shared(i, sentences)
                if s.name not in have
            ]
        return {(i, "R"): slots for i, slots in said.items()}

    def _shared(self, index: int, sentences: Sequence[Sentence]) -> list[Slot]:
        """Addressee and deadline that a sentence names."""
        text, hits = sentences[index].text, self._patterns.match(sentences[index].text)
        spans = {
            "addressee": asked_to_act(text, hits),
            "deadline": deadline(text, hits, shy=True),
        }
        return [slot(n, text, s, sentences[index].id) for n, s in spans.items() if s is not None]

    def _dated(self, finding: Finding) -> Finding:
        """The finding with addressee and due date as its slots last say them."""
        if finding.kind not in ("recommendation", "undertaking"):
            return finding
        last = finding.last("deadline")  # an earlier one would contradict the words shown
        due = self._day_of(last) if last else ""
        return replace(finding, addressee=_addressed(finding.slots), due=due)

    def _day_of(self, when: Slot) -> str:
        return self.day_of(when.words)

    def day_of(self, words: str) -> str:
        """The day that the words of a deadline mean; none for how long something is to last."""
        lasting = words.lower().startswith(LASTING)
        if self._day is None or lasting:
            return ""
        return due_date(words, self._day, self._meetings)

    def day_set(self, text: str) -> str:
        """The day by which a sentence says that something is to be done, as ISO, or nothing."""
        span = deadline(text, self._patterns.match(text), shy=True)
        return self.day_of(text[span.start : span.end]) if span else ""

    def day_said(self, text: str) -> str:
        """Any day to come that a sentence names, but for one until which something lasts."""
        if self._day is None:
            return ""
        return due_date(UNTIL.sub(" ", text), self._day, self._meetings)


def _addressed(slots: Sequence[Slot]) -> str:
    """Whom the slots name last; a redirection wins, and an office keeps the portfolio it has.

    "The cabinet member" said later is still the cabinet member for housing; "the cabinet" is not.
    """
    named = [s for s in slots if s.name == "addressee"]
    redirected = [s for s in named if s.rule.startswith(REDIRECTS)]
    if not named:
        return ""
    last = (redirected or named)[-1].words
    fuller = [s.words for s in named if s.words.lower().startswith(_portfolio(last))]
    return max(fuller, key=len, default=last)


def _portfolio(office: str) -> tuple[str, str]:
    """How the office begins where it is named with what it is responsible for."""
    return (f"{office.lower()} for ", f"{office.lower()} of ")


def _alone(
    text: str, hits: Sequence[Hit], whole: tuple[int, int], part: tuple[int, int]
) -> tuple[str, list[Hit]]:
    """The sentence with the other parts blanked out, so that places stay, and its hits."""
    (start, end), (a, b) = whole, part
    own = text[:start] + " " * (a - start) + text[a:b] + " " * (end - b) + text[end:]
    return own, [h for h in hits if own[h.start : h.end] == text[h.start : h.end]]


def _seen(proposals: Proposals, text: str, own: str) -> Proposals:
    """The proposals that do not reach into what is blanked out."""
    return {key: (a, b) for key, (a, b) in proposals.items() if own[a:b] == text[a:b]}


def _settled(index: int, finding: Finding, at: Mapping[float, int]) -> int:
    """The sentence that settled a recommendation, or -1."""
    return at.get(finding.settled_s, -1) if finding.settled_s is not None else -1


def _alike(vectors: NDArray[np.float32] | None, a: int, b: int) -> bool:
    return vectors is not None and float(vectors[a] @ vectors[b]) >= NEAR


def _motion(index: int, put: int, settled: int, found: Mapping[Key, Finding]) -> list[int]:
    """The sentences after ``index`` that put its motion and settle it, without findings of theirs.

    A promise said in between has a date of its own; a decision is the settlement itself. What puts
    several at once may say of another of them by when.
    """
    if put == TOGETHER:
        return []
    engaged = {i for i, letter in found if letter != "D"}
    return [i for i in sorted({put, settled}) if i > index and i not in engaged]


def _quotation(sentence: Sentence, finding: Finding) -> Slot:
    where = Span(*quoted_part(sentence.text, finding.quote), "put")
    return slot("wording", sentence.text, where, sentence.id)


def _in_order(slots: Sequence[Slot], order: Mapping[str, int]) -> tuple[Slot, ...]:
    """As they were said, each once."""
    once = dict.fromkeys(slots)
    return tuple(sorted(once, key=lambda s: (order[s.sentence_id], s.start, s.end, s.name)))


def _numbered(recording_sha256: str, finding: Finding, number: int) -> Finding:
    """The first finding of a sentence keeps its id; further ones get their own."""
    if not number:
        return finding
    own = finding_id(recording_sha256, finding.kind, finding.start_s, finding.end_s, number)
    return replace(finding, id=own)
