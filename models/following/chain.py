"""Which recommendation each claim of a meeting is about, all of its claims weighed together.

A meeting goes through its recommendations one after the other, mostly in the order in which they
were made, and stays with each for a while. So the claims are a chain: of each one it is asked which
recommendation is talked about, or, where none is, which one was last (a linear-chain conditional
random field, Lafferty, McCallum and Pereira 2001, read by the forward-backward algorithm).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NEVER = -1e9
STEPS = (
    "begins",  # the first that is talked about
    "same",  # what is talked about stays
    "same_turn",  # and within one turn
    "same_far",  # and over another item or a long time
    "next",  # the one made after it
    "next_turn",  # and within one turn
    "later",  # one made after that
    "earlier",
    "ends",  # from a recommendation to anything else
    "away",  # anything else goes on
    "back",  # from anything else to what was last talked about
    "on",  # to the one made after it
    "on_later",
    "on_earlier",
    "next_review",  # these four while an item goes through earlier matters
    "on_review",
    "away_review",
    "begins_review",
    "new_item",  # beside any step onto a recommendation, where another agenda item begins
)

REVIEWED = ("next", "on", "away", "begins")


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between a claim and the one before it.

    ``review`` tells that the claim's item goes through earlier matters, one after the other.
    """

    same_turn: bool
    same_item: bool
    far: bool
    review: bool = False


def step_features(many: int, gap: Gap) -> Floats:
    """``STEPS`` of every step between states, (states, states, len(STEPS)).

    The states: each of ``many`` recommendations, in the order in which they were made, talked
    about; then each, something else talked about since; last, none talked about yet.
    """
    import numpy as np

    at = STEPS.index
    table = np.zeros((2 * many + 1, 2 * many + 1, len(STEPS)), dtype=np.float32)
    now, since = slice(0, many), slice(many, 2 * many)
    order = np.arange(many)
    ahead = order[None, :] - order[:, None]
    same, after, later, earlier = ahead == 0, ahead == 1, ahead > 1, ahead < 0
    table[now, now, at("same")] = same
    table[now, now, at("same_turn")] = same * gap.same_turn
    table[now, now, at("same_far")] = same * (gap.far or not gap.same_item)
    table[now, now, at("next")] = after
    table[now, now, at("next_turn")] = after * gap.same_turn
    table[now, now, at("later")] = later
    table[now, now, at("earlier")] = earlier
    table[now, since, at("ends")] = same
    table[since, since, at("away")] = same
    table[-1, -1, at("away")] = 1
    for name, which in (
        ("back", same),
        ("on", after),
        ("on_later", later),
        ("on_earlier", earlier),
    ):
        table[since, now, at(name)] = which
    table[-1, now, at("begins")] = 1
    for name in REVIEWED if gap.review else ():
        table[:, :, at(f"{name}_review")] = table[:, :, at(name)]
    table[many:, now, at("new_item")] = not gap.same_item
    return table


def possible(many: int) -> NDArray[np.bool_]:
    """Which states may follow which: what was last talked about is not forgotten."""
    import numpy as np

    may = np.zeros((2 * many + 1, 2 * many + 1), dtype=bool)
    may[:, :many] = True
    may[:many, many : 2 * many] = np.eye(many, dtype=bool)
    may[many : 2 * many, many : 2 * many] = np.eye(many, dtype=bool)
    may[-1, -1] = True
    return may


def chances(likely: Floats, gaps: Sequence[Gap], weights: Mapping[str, float]) -> Floats:
    """How likely each claim is about each recommendation, (claims, recommendations).

    ``likely`` are the log odds of each claim by itself, of that shape; ``gaps`` are those before
    each claim but the first.
    """
    import numpy as np

    claims, many = likely.shape
    told = np.concatenate([likely, np.zeros((claims, many + 1), dtype=np.float32)], axis=1)
    tables = _tables(many, gaps, weights)
    ahead = np.empty_like(told)
    ahead[0] = told[0] + _begins(many, weights)
    for t in range(1, claims):
        ahead[t] = told[t] + _log_sum(ahead[t - 1][:, None] + tables[t - 1], axis=0)
    behind = np.zeros_like(told)
    for t in range(claims - 1, 0, -1):
        behind[t - 1] = _log_sum(tables[t - 1] + (told[t] + behind[t])[None, :], axis=1)
    whole = _log_sum(ahead[-1], axis=0)
    made: Floats = np.exp(ahead + behind - whole)[:, :many].astype(np.float32)
    return made


def _begins(many: int, weights: Mapping[str, float]) -> Floats:
    import numpy as np

    first = np.full(2 * many + 1, NEVER, dtype=np.float32)
    first[:many], first[-1] = weights["begins"], weights["away"]
    return first


def _tables(many: int, gaps: Sequence[Gap], weights: Mapping[str, float]) -> list[Floats]:
    import numpy as np

    row = np.array([weights[name] for name in STEPS], dtype=np.float32)
    never = np.where(possible(many), 0.0, NEVER).astype(np.float32)
    known = {gap: step_features(many, gap) @ row + never for gap in set(gaps)}
    return [known[gap] for gap in gaps]


def _log_sum(values: Floats, axis: int) -> Floats:
    import numpy as np

    most = values.max(axis=axis, keepdims=True)
    summed = np.log(np.exp(values - most).sum(axis=axis)) + most.squeeze(axis)
    return np.asarray(summed, dtype=np.float32)
