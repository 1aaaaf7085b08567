"""Recommendations, claims and worries of one meeting laid out for a linker, from its sentences.

The warehouse lays them out from its tables; this does so from a meeting in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from transcripts.claim import Claim
from transcripts.finding import Finding
from transcripts.linked import NEARBY, Spoken, Wanted, Worry, unit_means
from transcripts.motion import Motion
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in memory: its sentences with a unit vector each, and the titles of its items."""

    meeting_id: str
    council: str
    committee: str
    day: date
    sentences: Sequence[Sentence]
    vectors: Floats
    titles: Mapping[str, str]


class Layout:
    """Lays out one meeting."""

    def __init__(self, held: Held) -> None:
        self._held = held
        self._place = {s.id: i for i, s in enumerate(held.sentences)}
        self._turns: dict[str, list[int]] = {}
        for i, s in enumerate(held.sentences):
            self._turns.setdefault(s.utterance_id, []).append(i)
        self._ids = list(self._turns)
        self._order = {name: n for n, name in enumerate(self._ids)}

    def wanted(self, motion: Motion, finding: Finding, reference: str = "") -> Wanted:
        """A recommendation; ``finding`` is the one with its wording, which comes first."""
        first = self._place[finding.sentence_id]
        rows = list(dict.fromkeys([first, *(self._place[a.sentence_id] for a in motion.acts)]))
        made = self.said(motion.finding_id, [self._held.sentences[i] for i in rows])
        return replace(
            made,
            addressee=motion.addressee,
            matter=finding.matter,
            item_title=self._held.titles.get(motion.item, ""),
            keys=(reference,) if reference else (),
            outcome=motion.outcome,
            settled_s=motion.acts[-1].start_s,
        )

    def said(self, name: str, said: Sequence[Sentence], addressee: str = "") -> Wanted:
        """A recommendation that was agreed, from its sentences; its wording comes first."""
        h, rows = self._held, [self._place[s.id] for s in said]
        return Wanted(
            finding_id=name,
            meeting_id=h.meeting_id,
            council=h.council,
            committee=h.committee,
            day=h.day,
            texts=tuple(s.text for s in said),
            vectors=h.vectors[rows],
            addressee=addressee,
            item_title=h.titles.get(said[0].item, ""),
            outcome="agreed",
            settled_s=max(s.end_s for s in said),
            sentence_ids=tuple(s.id for s in said),
        )

    def spoken(self, claim: Claim) -> Spoken:
        """A claim with the sentences that tell what it is about."""
        h, rows = self._held, [self._place[i] for i in claim.about]
        return Spoken(
            claim=claim,
            meeting_id=h.meeting_id,
            council=h.council,
            committee=h.committee,
            day=h.day,
            texts=tuple(h.sentences[i].text for i in rows),
            vectors=h.vectors[rows],
            item_title=h.titles.get(claim.item, ""),
        )

    def worry(self, finding: Finding) -> Worry:
        """A concern among the turns nearby."""
        said = self._held.sentences[self._place[finding.sentence_id]]
        worry = self.worry_of(said)
        return replace(worry, finding_id=finding.id, who=finding.voice, matter=finding.matter)

    def worry_of(self, said: Sentence) -> Worry:
        """A sentence that voices a concern among the turns nearby."""
        h, at = self._held, self._place[said.id]
        turns = list(self._nearby(said))
        return Worry(
            finding_id=said.id,
            meeting_id=h.meeting_id,
            council=h.council,
            committee=h.committee,
            day=h.day,
            who=said.voice,
            text=said.text,
            vector=h.vectors[at],
            turns=tuple(" ".join(h.sentences[i].text for i in rows) for _, rows in turns),
            apart=tuple(apart for apart, _ in turns),
            vectors=unit_means([h.vectors[rows] for _, rows in turns]),
            item_title=h.titles.get(said.item, ""),
        )

    def _nearby(self, said: Sentence) -> Iterator[tuple[int, list[int]]]:
        """Turns under the same item, with how far they are from a sentence's own."""
        own = self._order[said.utterance_id]
        for at in range(max(0, own - NEARBY), min(len(self._turns), own + NEARBY + 1)):
            rows = self._turns[self._ids[at]]
            if at == own or self._held.sentences[rows[0]].item == said.item:
                yield abs(at - own), rows
