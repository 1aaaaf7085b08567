"""From a logit a word piece to marked words: one stretch of a sentence, always verbatim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.findings.pieces import Pieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ALWAYS = ("C", "R", "what")  # a label has these words; the other marks only where they are said
SAID = 0.0  # logit, on average over the stretch, from which on an optional mark is believed


@dataclass(frozen=True, slots=True)
class Marked:
    """Characters ``[start, end)`` of a sentence, and how sure the network is of them (a logit)."""

    start: int
    end: int
    logit: float


def marked_words(
    logits: Floats, pieces: Pieces, marks: Sequence[str], text: str
) -> Mapping[str, Marked]:
    """For each mark the best stretch of ``text``; ``logits`` is (pieces, marks)."""
    found = {}
    for column, mark in enumerate(marks):
        if len(pieces) == 0:
            break
        begin, end = best_stretch(logits[: len(pieces), column].tolist())
        sure = float(logits[begin:end, column].mean())
        if mark in ALWAYS or sure > SAID:
            span = whole_words(text, pieces.ends[begin][0], pieces.ends[end - 1][1])
            found[mark] = Marked(*span, round(sure, 3))
    return found


def best_stretch(scores: Sequence[float]) -> tuple[int, int]:
    """``[begin, end)`` of the stretch with the largest sum, at least one long (Kadane)."""
    best, stretch = float("-inf"), (0, 1)
    total, begin = 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, begin = 0.0, at
        total += score
        if total > best:
            best, stretch = total, (begin, at + 1)
    return stretch


def whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch widened to whole words: half a word is no quotation."""
    while start > 0 and _in_word(text[start - 1]) and _in_word(text[start]):
        start -= 1
    while end < len(text) and _in_word(text[end]) and _in_word(text[end - 1]):
        end += 1
    return start, end


def _in_word(character: str) -> bool:
    return character.isalnum() or character in "'’"
