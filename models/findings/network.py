"""The network that reads windows: the pinned MPNet with low-rank changes, and small heads.

Importing this file imports torch; only what trains or predicts does so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from models.findings.encoder import Encoder
from models.findings.features import Place
from models.findings.pieces import Pieces
from models.findings.precision import precision
from models.findings.windows import Window

LABELS = ("C", "R", "F", "A", "D")
MARKS = ("C", "R", "what", "to", "by", "if", "whose")  # what each word piece may be part of
BEGIN, END, PAD = 0, 2, 1  # the encoder's own marks: start of a window, end of a sentence
SIDES = 5  # 0 padding; else 1 + (which of two voices in turn) + 2 * (first of its turn)
PATTERN_SIZE = 128
RANK = 16


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows laid side by side: (windows, pieces) each; ``sentence`` is -1 outside sentences."""

    pieces: Tensor
    attended: Tensor
    side: Tensor
    sentence: Tensor
    rows: list[int]  # which sentence of the meeting each of the batch's sentences is
    judged: list[bool]


class Network(nn.Module):  # type: ignore[misc]
    """Gives each sentence of a batch a logit a label, and each of its pieces one a mark."""

    def __init__(self, base: Path, patterns: int, *, rank: int = RANK, dropout: float = 0.0):
        super().__init__()
        dtype = torch.bfloat16 if precision() == "bfloat16" else torch.float32
        self.encoder = Encoder(base, rank, dtype=dtype)
        size = self.encoder.sizes.size
        self.side = nn.Embedding(SIDES, size)
        self.pattern = nn.Linear(patterns, PATTERN_SIZE, bias=False)
        self.hidden = nn.Linear(2 * size + PATTERN_SIZE, size)
        self.label = nn.Linear(size, len(LABELS))
        self.mark = nn.Linear(size, len(MARKS))
        # two readers draw the line at different places; the second set is training's alone
        self.reader = nn.Embedding(2, size)
        self.reader_bias = nn.Embedding(2, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        for table in (self.side, self.reader, self.reader_bias):
            nn.init.zeros_(table.weight)
        nn.init.constant_(self.label.bias, -3.0)

    def forward(
        self, batch: Batch, patterns: Tensor, reader: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits (sentences, labels), (pieces, marks), and the sentence of each piece.

        ``patterns`` is (sentences, patterns), in the order of ``batch.rows``; ``reader`` says
        whose labels are to be matched (0 the benchmark's reader, the default).
        """
        read = self.encoder(batch.pieces, batch.attended, self.side(batch.side))
        inside = batch.sentence.reshape(-1) >= 0
        sentence = batch.sentence.reshape(-1)[inside]
        pieces = read.reshape(-1, read.shape[-1])[inside].float()
        told = functional.dropout(self.pattern(patterns), 0.3, self.training)
        seen = torch.cat([*_pooled(pieces, sentence, len(batch.rows)), told], dim=1)
        who = torch.zeros(len(batch.rows), dtype=torch.long) if reader is None else reader
        hidden = functional.gelu(self.hidden(self.dropout(seen)) + self.reader(who))
        logits = self.label(self.dropout(hidden)) + self.reader_bias(who)
        return logits, self.mark(pieces), sentence


def lay_out(chosen: Sequence[Window], pieces: Sequence[Pieces], places: Sequence[Place]) -> Batch:
    """The windows as one batch; voices of a window are told apart by taking turns, not by name."""
    longest = max(1 + sum(len(pieces[r]) + 1 for r in w.rows) for w in chosen)
    shape = (len(chosen), longest)
    ids = torch.full(shape, PAD, dtype=torch.long)
    attended, side = (torch.zeros(shape, dtype=torch.long) for _ in range(2))
    sentence = torch.full(shape, -1, dtype=torch.long)
    rows: list[int] = []
    judged: list[bool] = []
    for line, window in enumerate(chosen):
        at, turns, ids[line, 0] = 1, 0, BEGIN
        for row in window.rows:
            first = row == window.first or _turn(places[row]) != _turn(places[row - 1])
            turns += first
            end = at + len(pieces[row]) + 1
            ids[line, at:end] = torch.tensor([*pieces[row].ids, END])
            side[line, at:end] = 1 + (turns + 1) % 2 + 2 * first
            sentence[line, at:end] = len(rows)
            rows.append(row)
            judged.append(window.judged_from <= row < window.judged_to)
            at = end
        attended[line, :at] = 1
    return Batch(ids, attended, side, sentence, rows, judged)


def _turn(place: Place) -> tuple[int, str]:
    return place.turn, place.voice


def _pooled(pieces: Tensor, sentence: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Mean and maximum over the pieces of each sentence, (count, size) each."""
    size = pieces.shape[1]
    sums = torch.zeros(count, size).index_add(0, sentence, pieces)
    mean = sums / torch.bincount(sentence, minlength=count)[:, None]
    lowest = torch.full((count, size), -1e4)
    most = lowest.scatter_reduce(0, sentence[:, None].expand_as(pieces), pieces, "amax")
    return mean, most
