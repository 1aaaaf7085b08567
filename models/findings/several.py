"""Where a chair settles several proposals at once, each of them a motion of its own.

"A published date; buses until it reopens; the boiler this summer. Carried, all three." That there
are several must be said: a proposal that the chair puts in two sentences is still one. Which is
which is told by the words that a part of what the chair says shares with what a member said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.findings.features import plain_words, stem
from transcripts.words import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NUMBERS = r"(?:two|three|four|five|six|seven)"
SEVERAL = re.compile(
    r"\b(?:both(?= (?:agreed|are|as|carried|forward|go|of (?:them|those|these)|proposals|"
    r"recommendations|then|together)\b|[.?!,]|$)|either of (?:them|those|these)|"
    r"(?:them|those|these)(?= (?:agreed|are|as|carried|forward|recommendations|then|through|"
    r"together)\b|[.?!,]|$)|"
    rf"the (?:pair|lot)|(?:all|the|these|those) {NUMBERS}(?=[.?!,;]|$)|"
    rf"{NUMBERS} (?:of (?:them|those|these)|asks|points|proposals|recommendations|things)|"
    r"each of (?:them|those|these)|one at a time)",
    re.IGNORECASE,
)
PARTS = re.compile(r"[;:]|(?<=[a-z]), (?=and )")
FEWEST = 2  # words of content that make a part
APART = 0.5  # cosine below which two proposals are two where the chair names none


@dataclass(frozen=True, slots=True)
class Part:
    """A part of what the chair said, at sentence ``at``, with the words that tell what it is."""

    at: int
    words: frozenset[str]


def several(
    turn: Sequence[int],
    proposals: Sequence[int],
    sentences: Sequence[Sentence],
    vectors: Floats,
) -> list[list[int]]:
    """The sentences of each motion that the chair settles in ``turn``, in order; none where it is
    one.

    ``proposals`` are what members proposed before, in order.
    """
    if len(proposals) < 2 or not any(SEVERAL.search(sentences[i].text) for i in turn):
        return []
    named = _named(list(_parts(turn, sentences)), proposals, sentences)
    made = named if len(named) > 1 else _apart(proposals, vectors)
    return made if len(made) > 1 else []


def _parts(turn: Iterable[int], sentences: Sequence[Sentence]) -> Iterable[Part]:
    for i in turn:
        for text in PARTS.split(sentences[i].text):
            words = _content(text)
            if len(words) >= FEWEST:
                yield Part(i, words)


def _named(
    parts: Sequence[Part], proposals: Sequence[int], sentences: Sequence[Sentence]
) -> list[list[int]]:
    """Each proposal with the part that shares most of its words with it; a part's own sentence is
    among its motion's where it is no other's."""
    found: dict[Part, list[int]] = {}
    for i in proposals:
        words = _content(sentences[i].text)
        shared = [len(words & part.words) / len(part.words) for part in parts]
        if shared and max(shared) > 0:
            found.setdefault(parts[shared.index(max(shared))], []).append(i)
    used = [part.at for part in found]
    motions = [
        [*rows, *([part.at] if used.count(part.at) == 1 else [])] for part, rows in found.items()
    ]
    return sorted(motions)


def _apart(proposals: Sequence[int], vectors: Floats) -> list[list[int]]:
    """Proposals put with the first before them that mean the same."""
    groups: list[list[int]] = []
    for row in proposals:
        near = [g for g in groups if max(float(vectors[row] @ vectors[i]) for i in g) >= APART]
        if near:
            near[0].append(row)
        else:
            groups.append([row])
    return groups


def _content(text: str) -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS

    words = (w for w in plain_words(text) if w not in STOP_WORDS and "'" not in w and len(w) > 2)
    return frozenset(map(stem, words))
