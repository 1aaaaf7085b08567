"""Made-up meetings that also recommend, hear of what was recommended, and worry.

Each of ``made_archive``'s meetings gets a roster, five agenda items, one of four committees and, of
its 550 sentences, ten concerns, two undertakings, two recommendations that are agreed, and six
claims of what became of earlier ones. Sentences that are about one of three hundred matters have
vectors near to one another, so that some are linked and tied into threads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from benchmarks.made_archive import DIMENSIONS, SENTENCES, Speech, meetings
from transcripts.claim import Claim, claim_id
from transcripts.finding import Finding, finding_id
from transcripts.meeting import AgendaItem, Person
from transcripts.motion import Act, Motion, motion_id
from transcripts.processed import ProcessedMeeting, content_hash
from transcripts.words import Sentence

COMMITTEES = (
    ("SC", "Scrutiny Committee"),
    ("HSC", "Housing Scrutiny Committee"),
    ("ESC", "Environment Scrutiny Committee"),
    ("PAC", "Planning Committee"),
)
ITEMS, MATTERS = 5, 300
FOUND = {"concern": 10, "undertaking": 2, "recommendation": 2}
CLAIMED = ("complete", "in_progress", "accepted", "noted_only", "overdue", "awaiting")
SCORE = 0.9


def worked(speech: Speech, count: int, first: int = 0) -> Iterator[ProcessedMeeting]:
    """So many meetings, each with what it found."""
    matters = np.random.default_rng(7).standard_normal((MATTERS, DIMENSIONS), dtype=np.float32)
    for number, made in enumerate(meetings(speech, count, first), first):
        yield _Work(made, number, matters).meeting()


def references(count: int, first: int = 0) -> dict[str, str]:
    """What the recommendations of so many meetings are called, by the id of the finding."""
    made = {}
    for number in range(first, first + count):
        code, _ = COMMITTEES[number % len(COMMITTEES)]
        places = _places(number)[-len(CLAIMED) - FOUND["recommendation"] :]
        for n, place in enumerate(places[: FOUND["recommendation"]], 1):
            start_s = place * 6.0
            found = finding_id(f"m{number:06d}", "recommendation", start_s, start_s + 5)
            made[found] = f"{code}/{number:05d}/{n:02d}"
    return made


def _places(number: int) -> list[int]:
    """The sentences of a meeting that are found: of each kind in turn, then those that claim."""
    many = sum(FOUND.values()) + len(CLAIMED)
    return np.random.default_rng(number).permutation(SENTENCES)[:many].tolist()


class _Work:
    """One meeting on its way."""

    def __init__(self, made: ProcessedMeeting, number: int, matters: np.ndarray) -> None:
        (part,) = made.transcripts
        self._made, self._part, self._number = made, part, number
        self._chance = np.random.default_rng((number, 1))
        self._matters, self._vectors = matters, part.vectors.copy()
        self._said = [replace(s, item=_item(n)) for n, s in enumerate(part.transcript.sentences)]

    def meeting(self) -> ProcessedMeeting:
        """The same meeting with agenda, roster and findings."""
        said = self._part.transcript
        places = iter(_places(self._number))
        findings = [
            self._finding(kind, next(places)) for kind, many in FOUND.items() for _ in range(many)
        ]
        motions = [self._motion(f) for f in findings if f.kind == "recommendation"]
        claims = [self._claim(status, next(places)) for status in CLAIMED]
        at = {s.utterance_id: s.item for s in self._said}
        told = replace(
            said,
            sentences=tuple(self._said),
            utterances=tuple(replace(u, item=at[u.id]) for u in said.utterances),
        )
        found = replace(
            self._part.findings,
            findings=tuple(sorted(findings, key=lambda f: f.start_s)),
            motions=tuple(motions),
            claims=tuple(sorted(claims, key=lambda c: c.start_s)),
            version=content_hash(said.version, "worked"),
        )
        part = replace(self._part, transcript=told, findings=found, vectors=self._vectors)
        return replace(self._made, meeting=self._held(), transcripts=(part,))

    def _held(self) -> object:
        code, committee = COMMITTEES[self._number % len(COMMITTEES)]
        names = [a.name for a in self._part.transcript.attributions]
        return replace(
            self._made.meeting,
            committee=committee,
            committee_code=code,
            people=tuple(Person(name) for name in names),
            agenda=tuple(AgendaItem(str(n + 1), f"Matter number {n + 1}") for n in range(ITEMS)),
        )

    def _about(self, place: int) -> Sentence:
        """A sentence, which is about some matter from now on."""
        matter = self._matters[int(self._chance.integers(MATTERS))]
        noise = self._chance.standard_normal(DIMENSIONS, dtype=np.float32)
        near = matter + 0.5 * noise
        self._vectors[place] = near / np.linalg.norm(near)
        return self._said[place]

    def _finding(self, kind: str, place: int) -> Finding:
        s, meeting = self._about(place), self._made.meeting.id
        agreed = True if kind == "recommendation" else None
        number = finding_id(meeting, kind, s.start_s, s.end_s)
        return Finding(
            number, kind, s.id, s.utterance_id, s.voice, s.text, s.start_s, s.end_s, s.item, SCORE,
            agreed=agreed, addressee="the Cabinet" if agreed else "",
        )  # fmt: skip

    def _motion(self, made: Finding) -> Motion:
        acts = tuple(
            Act(kind, made.quote, made.sentence_id, made.utterance_id, made.voice, made.start_s,
                made.end_s, "made up")
            for kind in ("floated", "agreed")
        )  # fmt: skip
        return Motion(
            motion_id(made.id), made.id, made.item, made.quote, acts, "agreed", made.voice,
            addressee="the Cabinet", finding_ids=(made.id,),
        )  # fmt: skip

    def _claim(self, status: str, place: int) -> Claim:
        s = self._about(place)
        around = self._said[max(0, place - 2) : place + 3]
        return Claim(
            claim_id(self._made.meeting.id, s.start_s, s.end_s), status, s.text, s.id,
            s.utterance_id, s.voice, s.start_s, s.end_s, item=s.item,
            about=tuple(other.id for other in around), score=SCORE, rules=("made up",),
        )  # fmt: skip


def _item(place: int) -> str:
    return str(place * ITEMS // SENTENCES + 1)
