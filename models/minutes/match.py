"""Which spoken recommendation each point of the minutes is: the best pairing of one meeting.

Likeness is of meaning (sentence vectors), of telling words, and of the agenda item. One pairing is
sought for all of them at once, so that two points do not claim the same words; then a point may
take in a further recommendation that it covers too, and a recommendation a further point.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.minutes.content import Content
from models.minutes.opposed import opposed
from models.minutes.voiced import Voiced
from models.protocols import Vectors
from transcripts.meeting import Engine
from transcripts.minutes import CERTAIN, MATCHED, PROPOSED, MinuteMatch, MinutePoint

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

ENGINE = Engine("minutes", "match", "3")
MEANING, WORDS, ITEM = 0.5, 0.4, 0.1  # shares of the score
UNKNOWN_ITEM = 0.5  # of the item's share, where one side does not tell its item
NOT_MADE = 0.1  # off for words that were not agreed in the room: they are seldom minuted as such
ALIKE = 0.36  # from which on a pair is proposed
SURE, CLEAR = 0.45, 0.1  # score and margin from which on it is taken as matched
MEANT = 0.5  # and meaning: two wishes for the same lights may share every word but what is wished
# from which on a point takes in a second recommendation, or the other way round, and how much
# likelier than any other that has to be
ALSO, ALSO_AHEAD = 0.4, 0.08
OTHERWISE = "a number, a day, a place or a 'not' may differ"
DROPPED = frozenset(("not_agreed", "withdrawn", "downgraded_to_comment"))


@dataclass(frozen=True, slots=True)
class Pairing:
    """Everything known of every pair: rows are points, columns what was voiced."""

    points: tuple[MinutePoint, ...]
    voiced: tuple[Voiced, ...]
    scores: Scores
    meaning: Scores
    words: tuple[tuple[tuple[str, ...], ...], ...]


def match_points(
    points: Sequence[MinutePoint], voiced: Sequence[Voiced], vectors: Vectors
) -> list[MinuteMatch]:
    """The matches of one meeting, in the order of the points, the likeliest of a point first.

    Only points on which somebody is to act are matched: what was noted was not recommended.
    """
    acting = [p for p in points if p.tracked]
    if not acting or not voiced:
        return []
    pairing = pairing_of(acting, voiced, vectors)
    chosen = _chosen(pairing)
    return [_match(pairing, row, column) for row, column in chosen]


def pairing_of(
    points: Sequence[MinutePoint], voiced: Sequence[Voiced], vectors: Vectors
) -> Pairing:
    """Scores each pair in [0, 1]; the likest of the voiced wordings counts."""
    import numpy as np

    texts = [p.wording for p in points] + [t for v in voiced for t in v.texts]
    encoded = vectors.encode(texts)
    content = Content(texts)
    meaning = np.zeros((len(points), len(voiced)))
    shared = np.zeros_like(meaning)
    words: list[tuple[tuple[str, ...], ...]] = []
    for row, point in enumerate(points):
        told: list[tuple[str, ...]] = []
        at = len(points)
        for column, said in enumerate(voiced):
            end = at + len(said.texts)
            meaning[row, column] = max(0.0, float((encoded[at:end] @ encoded[row]).max()))
            best = max(content.shared(point.wording, t) for t in said.texts)
            shared[row, column] = best[0]
            told.append(tuple(best[1]))
            at = end
        words.append(tuple(told))
    items = np.array([[_item(p, v) for v in voiced] for p in points])
    dropped = np.array([v.outcome in DROPPED for v in voiced], dtype=float)
    scores = MEANING * meaning + WORDS * shared + ITEM * items - NOT_MADE * dropped
    return Pairing(tuple(points), tuple(voiced), scores, meaning, tuple(words))


def _item(point: MinutePoint, voiced: Voiced) -> float:
    if not point.item or not voiced.item:
        return UNKNOWN_ITEM
    return float(point.item.strip(" .") == voiced.item.strip(" ."))


def _chosen(pairing: Pairing) -> list[tuple[int, int]]:
    """Pairs of (point, voiced): those with a key, the best assignment, and what they also cover."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    gain = np.maximum(pairing.scores - ALIKE, 0.0)
    for row, column in _keyed(pairing):
        gain[row, column] = 2.0
    rows, columns = linear_sum_assignment(gain, maximize=True)
    chosen = {(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if gain[r, c] > 0}
    chosen |= _also(pairing, chosen)
    return sorted(chosen, key=lambda p: (p[0], -pairing.scores[p]))


def _keyed(pairing: Pairing) -> list[tuple[int, int]]:
    """Pairs where the minutes name the reference."""
    return [
        (row, column)
        for row, point in enumerate(pairing.points)
        for column, said in enumerate(pairing.voiced)
        if any(key in point.wording for key in said.keys)
    ]


def _also(pairing: Pairing, chosen: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """What is left over and is much like something that has its match already."""
    taken_rows, taken_columns = {r for r, _ in chosen}, {c for _, c in chosen}
    scores = pairing.scores
    out = set()
    for column in set(range(scores.shape[1])) - taken_columns:
        point = _ahead(scores[:, column])
        if point is not None and point in taken_rows:
            out.add((point, column))
    for row in set(range(scores.shape[0])) - taken_rows:
        said = _ahead(scores[row])
        if said is not None and said in taken_columns:
            out.add((row, said))
    return out


def _ahead(scores: Scores) -> int | None:
    """The likeliest of a row or a column, where it is likely and well ahead of the others."""
    best = int(scores.argmax())
    others = [float(s) for n, s in enumerate(scores) if n != best]
    clear = float(scores[best]) - max(others, default=0.0) >= ALSO_AHEAD
    return best if clear and scores[best] >= ALSO else None


def _match(pairing: Pairing, row: int, column: int) -> MinuteMatch:
    point, said = pairing.points[row], pairing.voiced[column]
    score = float(min(1.0, pairing.scores[row, column]))
    margin = score - _next_best(pairing, row, column)
    keyed = (row, column) in _keyed(pairing)
    same_item = _item(point, said) == 1.0
    meant = pairing.meaning[row, column] >= MEANT
    otherwise = opposed(point.wording, said.texts)
    clear = same_item and meant and score >= SURE and margin >= CLEAR and not otherwise
    return MinuteMatch(
        point.id,
        said.finding_id,
        round(score, 3),
        round(margin, 3),
        CERTAIN if keyed else MATCHED if clear else PROPOSED,
        (*_reasons(pairing, row, column, margin, keyed), *([OTHERWISE] if otherwise else [])),
    )


def _next_best(pairing: Pairing, row: int, column: int) -> float:
    """The best score of any other pair that shares this point or these words.

    Also of one that was chosen beside it: two wordings for one point leave it open which is meant.
    """
    scores = pairing.scores
    rivals = [scores[row, c] for c in range(scores.shape[1]) if c != column]
    rivals += [scores[r, column] for r in range(scores.shape[0]) if r != row]
    return max(map(float, rivals), default=0.0)


def _reasons(pairing: Pairing, row: int, column: int, margin: float, keyed: bool) -> list[str]:
    point, said = pairing.points[row], pairing.voiced[column]
    out = []
    if keyed:
        out.append(f"the minutes name {next(k for k in said.keys if k in point.wording)}")
    words = pairing.words[row][column]
    if words:
        out.append(f"words in common: {', '.join(words[:6])}")
    out.append(f"meaning alike {pairing.meaning[row, column]:.2f}")
    if point.item and said.item:
        same = _item(point, said) == 1.0
        out.append(f"{'the same agenda item' if same else 'another agenda item than'} {point.item}")
    out.append(f"{margin:.2f} ahead of the next best")
    return out
