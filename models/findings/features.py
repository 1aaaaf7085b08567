"""What a classifier is told of a sentence beside its words: its place and the patterns in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.findings.patterns import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: ``turn`` counts the turns of a meeting, gaps in it are real."""

    meeting: str
    turn: int
    voice: str


def probability(logits: NDArray[Any]) -> NDArray[Any]:
    """The logistic function, element by element, in the precision of ``logits``."""
    import numpy as np

    made: NDArray[Any] = 1.0 / (1.0 + np.exp(-logits))
    return made


NOT_WORDS = re.compile(r"[^\w']|_")
SMALL = 50  # sentences; a meeting shorter than some hundreds tells little of its own level


def levels(logits: Floats, meetings: Sequence[str], typical: Floats) -> Floats:
    """How much of each label the whole meeting holds, as the log of a share, (n, labels).

    In a meeting full of complaint a doubtful sentence is one more often than in a quiet one.
    ``typical`` is the share over many meetings, towards which a short one is drawn.
    """
    import numpy as np

    told = probability(logits)
    names = np.array(meetings)
    made = np.zeros_like(told)
    for meeting in set(meetings):
        rows = names == meeting
        share = (told[rows].sum(axis=0) + SMALL * typical) / (rows.sum() + SMALL)
        made[rows] = np.log(share + 1e-3)
    return np.asarray(made, dtype=np.float32)


def pattern_table(hits: Sequence[Sequence[Hit]], columns: Mapping[str, int]) -> Floats:
    """Which patterns stand in which sentence, (n, patterns); unknown patterns are left out."""
    import numpy as np

    table = np.zeros((len(hits), len(columns)), dtype=np.float32)
    for row, found in enumerate(hits):
        for hit in found:
            if (column := columns.get(hit.pattern.id)) is not None:
                table[row, column] = 1.0
    return table


def bare(text: str) -> str:
    """A sentence as recognised speech is written: without punctuation and capitals."""
    return " ".join(plain_words(text)) or "um"


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation: what is left of a sentence in recognised speech."""
    lowered = text.lower().replace("’", "'")
    kept = NOT_WORDS.sub(" ", lowered)
    return [w for w in (word.strip("'") for word in kept.split()) if w]


def stem(word: str) -> str:
    """A word without its most usual endings."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
