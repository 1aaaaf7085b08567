"""Recommendations, claims and worries of one meeting laid out for a linker, from its sentences.

The warehouse lays them out from its tables; this does so from a meeting in memory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from transcripts.claim import Claim
from transcripts.finding import Finding
from transcripts.linked import Spoken, Wanted, Worry
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

    def wanted(self, motion: Motion, finding: Finding, reference: str = "") -> Wanted:
        """A recommendation; ``finding`` is the one with its wording, which comes first."""
        first = self._place[finding.sentence_id]
        rows = list(dict.fromkeys([first, *(self._place[a.sentence_id] for a in motion.acts)]))
        h = self._held
        return Wanted(
            finding_id=motion.finding_id,
            meeting_id=h.meeting_id,
            council=h.council,
            committee=h.committee,
            day=h.day,
            texts=tuple(h.sentences[i].text for i in rows),
            vectors=h.vectors[rows],
            addressee=motion.addressee,
            matter=finding.matter,
            item_title=h.titles.get(motion.item, ""),
            keys=(reference,) if reference else (),
            outcome=motion.outcome,
            settled_s=motion.acts[-1].start_s,
            sentence_ids=tuple(h.sentences[i].id for i in rows),
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
        """A concern in its turn."""
        import numpy as np

        h, at = self._held, self._place[finding.sentence_id]
        rows = self._turns[finding.utterance_id]
        mean = h.vectors[rows].mean(axis=0)
        return Worry(
            finding_id=finding.id,
            meeting_id=h.meeting_id,
            council=h.council,
            committee=h.committee,
            day=h.day,
            who=finding.voice,
            text=h.sentences[at].text,
            around=" ".join(h.sentences[i].text for i in rows),
            vector=h.vectors[at],
            turn=mean / max(float(np.linalg.norm(mean)), 1e-9),
            matter=finding.matter,
            item_title=h.titles.get(finding.item, ""),
        )
