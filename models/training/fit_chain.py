"""Fits the chain that links a meeting's claims to recommendations (``models/following/chain.py``).

What is known of a series is at which turns its events were told. A claim at such a turn may be
about its event's recommendation, and is where its sentence holds the evidence; one at a turn beside
it may be, any other is not. The weights make that likeliest (L-BFGS, from zero, so that the same
material always gives the same weights).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from models.following.chain import NEVER, STEPS, chances, possible, step_features
from models.following.council import Council
from models.following.likeness import FEATURES
from models.following.linking import Told, gaps
from transcripts.linked import Spoken, Wanted

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.following.chain import Gap

    Floats = NDArray[np.float32]

EASE = 0.3  # L2 penalty of what a claim is weighed by
STEP_EASE = 0.1  # and of the steps
ROUNDS = 40

At = Mapping[tuple[str, int], Mapping[str, str]]  # meeting, turn: recommendation: evidence


@dataclass(frozen=True, slots=True)
class Chain:
    """One meeting: figures (claims, wanted, FEATURES), what lies between, and what is so.

    ``may`` tells which claim can be about which, ``truth`` which one is, both (claims, wanted);
    ``other`` tells which claims may be about none.
    """

    spoken: Sequence[Spoken]
    wanted: Sequence[Wanted]
    figures: Floats
    gaps: Sequence[Gap]
    may: NDArray[np.bool_]
    truth: NDArray[np.bool_]
    other: NDArray[np.bool_]


def chains(wanted: Sequence[Wanted], spoken: Sequence[Spoken], at: At) -> Iterator[Chain]:
    """The meetings of a series in which anything can be about an earlier recommendation.

    Rare words are told by the whole series: its first meetings say too little for weights to be
    learnt from (F1 of claims .69 either way, each series left out).
    """
    if not wanted:
        return
    council, last = Council(wanted, spoken), max(s.day for s in spoken)
    for meeting in dict.fromkeys(s.meeting_id for s in spoken):
        said = sorted((s for s in spoken if s.meeting_id == meeting), key=lambda s: s.claim.start_s)
        told = Told(said, council, lambda table: table[:, 0], last)
        if told.wanted:
            truth, other = _truth(said, told.wanted, told.may, at)
            figures = np.stack(told.tables)
            yield Chain(said, told.wanted, figures, gaps(said), told.may, truth, other)


def turn_of(spoken: Spoken) -> int:
    """The number of the turn that a claim is of."""
    return int(spoken.claim.sentence_id.split("/")[1])


def _truth(
    said: Sequence[Spoken], wanted: Sequence[Wanted], may: NDArray[np.bool_], at: At
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    truth, other = np.zeros_like(may), np.ones(len(said), dtype=bool)
    for t, spoken in enumerate(said):
        turn, own = turn_of(spoken), spoken.claim.quote
        here = at.get((spoken.meeting_id, turn), {})
        beside = [at.get((spoken.meeting_id, turn + apart), {}) for apart in (-1, 1)]
        told = set(here) if here else {name for place in beside for name in place}
        truth[t] = [w.finding_id in told for w in wanted] & may[t]
        evidence = any(e and (e in own or own in e) for e in here.values())
        other[t] = not (truth[t].any() and evidence)
    return truth, other


def fit(material: Sequence[Chain]) -> dict[str, Any]:
    """The weights as ``LikenessLinker`` reads them."""
    rows = np.concatenate([c.figures.reshape(-1, len(FEATURES)) for c in material])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    # what is the same everywhere tells nothing; left alone it would be divided by next to nothing
    scale[scale < 1e-4] = 1.0
    laid = [_Laid(c, mean, scale) for c in material]
    weights = torch.zeros(len(FEATURES) + 1, requires_grad=True)
    steps = torch.zeros(len(STEPS), requires_grad=True)
    solver = torch.optim.LBFGS([weights, steps], max_iter=ROUNDS, line_search_fn="strong_wolfe")

    def loss() -> Tensor:
        solver.zero_grad()
        lost = sum((c.lost(weights, steps) for c in laid), torch.zeros(()))
        lost = lost + EASE * weights[:-1].square().sum() + STEP_EASE * steps.square().sum()
        lost.backward()
        return lost

    solver.step(loss)
    own = weights.detach().numpy()
    plain = own[:-1] / scale
    return {
        "features": list(FEATURES),
        "weights": [round(float(w), 4) for w in plain],
        "bias": round(float(own[-1] - plain @ mean), 4),
        "steps": {n: round(float(w), 4) for n, w in zip(STEPS, steps.detach(), strict=True)},
    }


class _Laid:
    """A chain as tensors."""

    def __init__(self, chain: Chain, mean: Floats, scale: Floats) -> None:
        many = len(chain.wanted)
        self._figures = torch.from_numpy(((chain.figures - mean) / scale).astype(np.float32))
        self._never = torch.from_numpy(np.where(chain.may, 0.0, NEVER).astype(np.float32))
        known = {g: torch.from_numpy(step_features(many, g)) for g in set(chain.gaps)}
        self._steps, self._gaps = known, chain.gaps
        self._may = torch.from_numpy(np.where(possible(many), 0.0, NEVER).astype(np.float32))
        others = np.repeat(chain.other[:, None], many + 1, axis=1)
        so = np.concatenate([chain.truth, others], axis=1)
        self._so = torch.from_numpy(np.where(so, 0.0, NEVER).astype(np.float32))

    def lost(self, weights: Tensor, steps: Tensor) -> Tensor:
        """Minus the log likelihood of what is so."""
        likely = self._figures @ weights[:-1] + weights[-1] + self._never
        told = torch.cat([likely, torch.zeros(len(likely), likely.shape[1] + 1)], dim=1)
        tables = {g: table @ steps + self._may for g, table in self._steps.items()}
        return self._whole(told, tables, steps) - self._whole(told + self._so, tables, steps)

    def _whole(self, told: Tensor, tables: Mapping[Gap, Tensor], steps: Tensor) -> Tensor:
        many = (told.shape[1] - 1) // 2
        first = torch.full((told.shape[1],), NEVER)
        first[:many], first[-1] = steps[STEPS.index("begins")], steps[STEPS.index("away")]
        ahead = first + told[0]
        for t, gap in enumerate(self._gaps, start=1):
            ahead = torch.logsumexp(ahead[:, None] + tables[gap], dim=0) + told[t]
        return torch.logsumexp(ahead, dim=0)


def linked(chain: Chain, kept: Mapping[str, Any]) -> list[tuple[int, int, float]]:
    """Each claim's likeliest recommendation by its place, with its chance."""
    weights = np.array(kept["weights"], dtype=np.float32)
    odds = np.where(chain.may, chain.figures @ weights + kept["bias"], NEVER).astype(np.float32)
    chance = chances(odds, chain.gaps, kept["steps"])
    best = chance.argmax(axis=1)
    return [(t, int(j), float(chance[t, j])) for t, j in enumerate(best)]
