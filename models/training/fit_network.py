"""Fitting the network that reads windows, on one processor and from a fixed seed.

Each pass over the material cuts it into windows at other places and hears a share of its stretches
as a recogniser would, so that the network leans neither on stops and capitals nor on where a
window happens to begin. What is kept is the running mean of the weights, which held better on
unseen meetings than the last ones did.
"""

from __future__ import annotations

import logging
import math
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.findings.base import base_folder
from models.findings.features import Place, pattern_table
from models.findings.network import LABELS, MARKS, RANK, Network, lay_out
from models.findings.patterns import FINDING_FILES, Patterns, load
from models.findings.pieces import Pieces, in_pieces
from models.findings.precision import mixed_arithmetic
from models.findings.weights import put_weights
from models.findings.windows import Window, stretches, windows
from models.training.degrade import Mishearing
from models.training.labelled import Labelled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

log = logging.getLogger(__name__)
LOUDER = {"C": 1.0, "R": 1.0, "F": 1.5, "A": 1.5, "D": 1.5}  # a rare label's sentences count more
MARK_SHARE = 0.5  # of the loss
LONGEST = 256  # word pieces; what is fitted in shorter windows than are read tells as well there
SHARES_TOUCHED = (0.0, 0.08, 0.12)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the network is fitted; part of the artefact's header."""

    passes: int = 3
    rank: int = RANK
    rate: float = 6e-4
    warm_up: float = 0.06
    decay: float = 0.01
    dropout: float = 0.1
    batch: int = 8
    heard: float = 0.4  # share of stretches that are degraded
    quiet: float = 0.5  # share of the windows without any label that are read in a pass
    mean_over: float = 0.995
    seed: int = 1
    threads: int = 2

    def as_header(self) -> dict[str, Any]:
        """Plain values, for the artefact."""
        return asdict(self)


@dataclass(slots=True)
class Copy:
    """The material as one pass reads it: pieces, what they were, and the patterns that hit."""

    pieces: list[Pieces]
    spoken: list[list[tuple[int, int]]]
    patterns: Floats
    places: Sequence[Place]


def fit(
    material: Sequence[Labelled], recipe: Recipe, begin: Mapping[str, Floats] | None = None
) -> Network:
    """A network fitted on all of ``material``, which is in order, meeting by meeting.

    ``begin`` are trained weights to go on from; without them the pinned encoder is the beginning.
    """
    torch.manual_seed(recipe.seed)
    draw = random.Random(recipe.seed)  # noqa: S311  no secret hangs on it
    count = len(load(FINDING_FILES))
    network = Network(base_folder(), count, rank=recipe.rank, dropout=recipe.dropout)
    if begin is not None:
        put_weights(network, begin)
    copies = Copies(material)
    fitting = Fitting(network, recipe, copies.expected_steps(recipe))
    for number in range(recipe.passes):
        begun, losses = time.monotonic(), []
        copy = copies.for_pass(recipe, draw)
        for chosen in batches(material, copy, recipe, draw):
            losses.append(fitting.step(material, copy, chosen))
        log.info(
            "pass %d of %d: loss %.3f, %d batches, %.0f s",
            number + 1,
            recipe.passes,
            float(np.mean(losses)),
            len(losses),
            time.monotonic() - begun,
        )
    fitting.take_mean()
    network.eval()
    return network


class Copies:
    """The material as written and, made anew for each pass, as heard."""

    def __init__(self, material: Sequence[Labelled]) -> None:
        self._texts = [s.text for s in material]
        places = [s.place for s in material]
        self._stretches = stretches(places)
        self._mishearing = Mishearing(self._texts)
        self._matcher = Patterns()
        self._columns = {p.id: i for i, p in enumerate(self._matcher.patterns)}
        written = in_pieces(self._texts)
        spoken = [list(p.ends) for p in written]
        self._written = Copy(written, spoken, self._table(self._texts), places)

    def for_pass(self, recipe: Recipe, draw: random.Random) -> Copy:
        """As written, but for a share of the stretches."""
        seed, touched = draw.randrange(2**30), draw.choice(SHARES_TOUCHED)
        chosen = [r for s in self._stretches if draw.random() < recipe.heard for r in s]
        heard = self._mishearing.degrade(
            [self._texts[r] for r in chosen], seed=seed, touched=touched
        )
        cut = in_pieces([h.text for h in heard])
        said = self._written
        copy = Copy(list(said.pieces), list(said.spoken), said.patterns.copy(), said.places)
        copy.patterns[chosen] = self._table([h.text for h in heard])
        for row, one, pieces in zip(chosen, heard, cut, strict=True):
            copy.pieces[row] = pieces
            copy.spoken[row] = [one.source(*e) for e in pieces.ends]
        return copy

    def expected_steps(self, recipe: Recipe) -> int:
        """About how many batches all passes make, for the rate's decline."""
        lengths = [len(p) for p in self._written.pieces]
        cut = sum(len(windows(lengths, s, margin=0)) for s in self._stretches)
        return recipe.passes * math.ceil(cut / recipe.batch)

    def _table(self, texts: Sequence[str]) -> Floats:
        return pattern_table([self._matcher.match(t) for t in texts], self._columns)


class Fitting:
    """One network, its optimiser, and the running mean of its weights."""

    def __init__(self, network: Network, recipe: Recipe, steps: int) -> None:
        self._network, self._recipe, self._steps, self._done = network, recipe, steps, 0
        self._weights = [p for p in network.parameters() if p.requires_grad]
        self._mean = [p.detach().clone() for p in self._weights]
        thick = [p for p in self._weights if p.ndim > 1]
        thin = [p for p in self._weights if p.ndim <= 1]
        groups = [
            {"params": thick, "weight_decay": recipe.decay},
            {"params": thin, "weight_decay": 0.0},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=recipe.rate, betas=(0.9, 0.98))

    def step(self, material: Sequence[Labelled], copy: Copy, chosen: Sequence[Window]) -> float:
        """One batch read and learnt from; gives its loss."""
        network = self._network.train()
        batch = lay_out(chosen, copy.pieces, copy.places)
        read = [material[r] for r in batch.rows]
        patterns = torch.from_numpy(copy.patterns[batch.rows])
        reader = torch.tensor([s.reader for s in read])
        with mixed_arithmetic(self._recipe.threads):
            labels, marks, _ = network(batch, patterns, reader)
        loss = label_loss(labels.float(), read)
        loss = loss + MARK_SHARE * mark_loss(
            marks.float(), [copy.spoken[r] for r in batch.rows], read
        )
        self._learn(loss)
        return float(loss.detach())

    def take_mean(self) -> None:
        """Puts the running mean of the weights in the network."""
        with torch.no_grad():
            for weight, mean in zip(self._weights, self._mean, strict=True):
                weight.copy_(mean)

    def _learn(self, loss: Tensor) -> None:
        share = self._done / self._steps
        warm = min(1.0, share / self._recipe.warm_up + 1e-3)
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.rate * warm * max(0.02, 1.0 - share)
        self._optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self._weights, 1.0)
        self._optimiser.step()
        self._done += 1
        # early on the mean would still hold weights that had learnt nothing
        kept = min(self._recipe.mean_over, (1 + self._done) / (10 + self._done))
        with torch.no_grad():
            for mean, weight in zip(self._mean, self._weights, strict=True):
                mean.lerp_(weight, 1 - kept)


def batches(
    material: Sequence[Labelled], copy: Copy, recipe: Recipe, draw: random.Random
) -> Iterator[list[Window]]:
    """Windows of one pass in random order, those of a batch about equally long."""
    lengths = [len(p) for p in copy.pieces]
    cut = [w for s in stretches(copy.places) for w in _cut(s, lengths, draw)]
    told = [any(material[r].labels for r in w.rows) for w in cut]
    kept = [w for w, has in zip(cut, told, strict=True) if has or draw.random() < recipe.quiet]
    draw.shuffle(kept)
    for at in range(0, len(kept), 16 * recipe.batch):
        near = sorted(
            kept[at : at + 16 * recipe.batch], key=lambda w: sum(lengths[r] for r in w.rows)
        )
        made = [near[i : i + recipe.batch] for i in range(0, len(near), recipe.batch)]
        draw.shuffle(made)
        yield from made


def _cut(stretch: range, lengths: Sequence[int], draw: random.Random) -> list[Window]:
    longest = LONGEST if draw.random() < 0.7 else draw.randint(LONGEST // 3, LONGEST)
    begin = stretch.start + draw.randint(0, min(6, len(stretch) - 1))
    parts = (range(stretch.start, begin), range(begin, stretch.stop))
    return [w for part in parts for w in windows(lengths, part, longest=longest, margin=0)]


def label_loss(logits: Tensor, read: Sequence[Labelled]) -> Tensor:
    """Cross-entropy summed over labels, mean over sentences."""
    truth = torch.tensor([[float(x in s.labels) for x in LABELS] for s in read])
    louder = torch.tensor([LOUDER[x] for x in LABELS])
    each = functional.binary_cross_entropy_with_logits(
        logits, truth, reduction="none", pos_weight=louder
    )
    return each.sum(dim=1).mean()


def mark_loss(
    logits: Tensor, spoken: Sequence[Sequence[tuple[int, int]]], read: Sequence[Labelled]
) -> Tensor:
    """Cross-entropy over pieces and marks where the reader says which words are meant."""
    truth, told = [], []
    for sentence, where in zip(read, spoken, strict=True):
        wanted, known = _wanted(sentence, where)
        truth.append(wanted)
        told.append(np.repeat(known[None], len(wanted), 0))
    mask = torch.from_numpy(np.concatenate(told))
    each = functional.binary_cross_entropy_with_logits(
        logits, torch.from_numpy(np.concatenate(truth)), reduction="none"
    )
    return (each * mask).sum() / mask.sum().clamp(min=1.0)


SLOTS_OF = {"R": ("to", "by", "if"), "A": ("what", "by"), "C": ("whose",)}


def _wanted(sentence: Labelled, where: Sequence[tuple[int, int]]) -> tuple[Floats, Floats]:
    """Which pieces belong to which mark (pieces + 1, marks), and which marks are known."""
    wanted = np.zeros((len(where) + 1, len(MARKS)), dtype=np.float32)
    known = np.zeros(len(MARKS), dtype=np.float32)
    words = {**sentence.labels, **sentence.slots}
    for letter in sentence.labels:
        marks: tuple[str, ...] = (letter,) if letter in MARKS else ()
        if sentence.reader:
            marks += SLOTS_OF.get(letter, ())
        for mark in marks:
            column = MARKS.index(mark)
            known[column] = 1.0 if words.get(mark) or mark not in LABELS else 0.0
            start = sentence.text.find(words.get(mark) or "\0")
            end = start + len(words.get(mark, ""))
            for piece, (a, b) in enumerate(where):
                wanted[piece, column] = float(start >= 0 and start <= a < b <= end)
    return wanted, known
