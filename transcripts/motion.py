"""A recommendation as the room dealt with it: who floated it, who reworded it, how it was settled.

One record for all its turns. Each act quotes the sentence it is; the wording is verbatim.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

ACTS = (
    "floated",
    "seconded",
    "reworded",
    "merged",
    "redirected",
    "read out",
    "put",
    "agreed",
    "not agreed",
    "withdrawn",
    "downgraded",
)
OUTCOMES = ("agreed", "not_agreed", "withdrawn", "downgraded_to_comment", "")


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a motion: a sentence, verbatim. ``rule`` is what told which step it is."""

    kind: str
    quote: str
    sentence_id: str
    utterance_id: str
    voice: str
    start_s: float
    end_s: float
    rule: str = ""

    def __post_init__(self) -> None:
        if self.kind not in ACTS:
            raise ValueError(f"act '{self.kind}' is none of {', '.join(ACTS)}")


@dataclass(frozen=True, slots=True)
class Motion:
    """One recommendation of a meeting, with its acts in the order said.

    ``finding_id`` is the recommendation among the findings that carries the wording as last
    stated: references, decisions and links point at it. ``finding_ids`` are all that belong to it.
    ``proposer`` and ``seconder`` are voices. ``outcome`` is empty where nothing was settled.
    ``due`` is ISO; ``addressee`` as last said.
    """

    id: str
    finding_id: str
    item: str
    wording: str
    acts: tuple[Act, ...]
    outcome: str
    proposer: str = ""
    seconder: str = ""
    addressee: str = ""
    due: str = ""
    finding_ids: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.outcome not in OUTCOMES:
            raise ValueError(f"outcome '{self.outcome}' is none of {', '.join(OUTCOMES)}")
        if not self.acts or not self.wording.strip():
            raise ValueError(f"motion {self.id} has no act or no wording")


def motion_id(finding_id: str) -> str:
    """A motion keeps its id as long as its wording is found at the same seconds."""
    return hashlib.sha256(f"motion|{finding_id}".encode()).hexdigest()[:16]


def holds(motion: Motion, texts: Mapping[str, str]) -> bool:
    """Whether every act quotes its sentence, and the wording stands in one of them."""
    quoted = all(a.quote in texts.get(a.sentence_id, "") for a in motion.acts)
    return quoted and any(motion.wording in texts.get(a.sentence_id, "") for a in motion.acts)
