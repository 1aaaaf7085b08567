"""The trained classifier: reads a meeting window by window, gives calibrated scores and words.

The artefact holds one model trained on everything and one for each fold of the cross-validation,
so that a meeting that was trained on can be predicted by a model that never saw it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.findings.features import Place, levels, pattern_table, probability
from models.findings.marked import Marked, marked_words
from models.findings.patterns import Hit
from models.findings.pieces import Pieces, in_pieces
from models.findings.windows import Window, stretches, windows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.findings.network import Network

    Floats = NDArray[np.float32]

EVERYTHING = 0  # the model trained on all meetings; model 1 + f never saw the meetings of fold f
BATCH = 8  # windows; of more, attention no longer fits the processor's cache
BLOCK = 4096  # sentences whose windows are sorted and read together; bounds the memory
THREADS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What the classifier makes of sentences: ``chances`` (n, labels), and words by mark."""

    chances: Floats
    words: list[Mapping[str, Marked]]


class Classifier:
    """Probabilities of the labels for sentences in their order, and the words that carry them."""

    def __init__(self, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
        self.header = header
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self._marks: tuple[str, ...] = tuple(header["marks"])
        self._arrays = arrays
        self._columns = {pattern: i for i, pattern in enumerate(header["patterns"])}
        self._network: tuple[int, Network] | None = None

    def read(
        self,
        texts: Sequence[str],
        places: Sequence[Place],
        hits: Sequence[Sequence[Hit]],
        model: int = EVERYTHING,
    ) -> Reading:
        """Scores and words of sentences in order; one entry a sentence in each argument."""
        import numpy as np

        pieces = in_pieces(texts)
        patterns = self.pattern_table(hits)
        logits = np.zeros((len(texts), len(self.labels)), dtype=np.float32)
        words: list[Mapping[str, Marked]] = [{} for _ in texts]
        for row, logit, marks in self.judge(pieces, places, patterns, model):
            logits[row] = logit
            words[row] = marked_words(marks, pieces[row], self._marks, texts[row])
        level = self.levels(logits, [p.meeting for p in places])
        return Reading(self.chances(logits, level, self.pattern_kinds(patterns), model), words)

    def judge(
        self,
        pieces: Sequence[Pieces],
        places: Sequence[Place],
        patterns: Floats,
        model: int = EVERYTHING,
    ) -> Iterator[tuple[int, Floats, Floats]]:
        """For each sentence once, in no order: its row, its logits, and its pieces' by mark."""
        network = self._load(model)
        lengths = [len(p) for p in pieces]
        found = (w for s in stretches(places) for w in windows(lengths, s))
        for block in _blocks(found):
            block.sort(key=lambda w: sum(lengths[r] for r in w.rows))
            for at in range(0, len(block), BATCH):
                yield from _judged(network, block[at : at + BATCH], pieces, places, patterns)

    def levels(self, logits: Floats, meetings: Sequence[str]) -> Floats:
        """How much of each label these meetings hold, (n, labels)."""
        return levels(logits, meetings, self._arrays["typical"])

    def chances(
        self, logits: Floats, level: Floats, kinds: Floats, model: int = EVERYTHING
    ) -> Floats:
        """Probabilities, (n, labels): logits, levels and pattern counts weighed (Platt 1999)."""
        import numpy as np

        weights = self._arrays["scale_weights"][model]  # (labels, 2 + kinds of pattern)
        scores = logits * weights[:, 0] + level * weights[:, 1]
        scores = scores + np.einsum("nlk,lk->nl", kinds, weights[:, 2:])
        chances = probability(scores + self._arrays["scale_bias"][model])
        return np.asarray(chances, dtype=np.float32)

    def pattern_table(self, hits: Sequence[Sequence[Hit]]) -> Floats:
        """Which of the patterns that were trained on stand in which sentence, (n, patterns)."""
        return pattern_table(hits, self._columns)

    def pattern_kinds(self, patterns: Floats) -> Floats:
        """How many patterns speak for, are sure of and speak against each label, (n, labels, 3)."""
        import numpy as np

        kinds: Floats = np.asarray(self.header["pattern_kinds"], dtype=np.float32)  # (p, l, 3)
        told: Floats = np.minimum(np.einsum("np,plk->nlk", patterns, kinds), 2.0)
        return told

    def thresholds(self, model: int = EVERYTHING) -> Floats:
        """From which probability on a label is given, shape (labels,)."""
        thresholds: Floats = self._arrays["thresholds"][model]
        return thresholds

    def model_for(self, meeting: str) -> int:
        """The model of the fold that did not see this meeting; else the one of everything.

        ``seen`` tells of meetings that every model was trained on.
        """
        folds: Mapping[str, int] = self.header["folds"]
        return 1 + folds[meeting] if meeting in folds else EVERYTHING

    def by_model(self, meetings: Sequence[str]) -> dict[int, list[int]]:
        """For each model the rows, in order, of the meetings that it is to judge."""
        rows: dict[int, list[int]] = {}
        for row, meeting in enumerate(meetings):
            rows.setdefault(self.model_for(meeting), []).append(row)
        return rows

    def seen(self, meetings: Iterable[str]) -> set[str]:
        """Those of these meetings that no model here can judge without having seen them."""
        return set(meetings) & set(self.header["trained_on"]) - set(self.header["folds"])

    def _load(self, model: int) -> Network:
        if self._network is None or self._network[0] != model:
            from models.findings.weights import network_from

            self._network = (model, network_from(self._arrays, self.header, model))
        return self._network[1]


def _blocks(found: Iterator[Window]) -> Iterator[list[Window]]:
    block: list[Window] = []
    for window in found:
        block.append(window)
        if window.judged_to - block[0].judged_from >= BLOCK:
            yield block
            block = []
    if block:
        yield block


def _judged(
    network: Network,
    chosen: Sequence[Window],
    pieces: Sequence[Pieces],
    places: Sequence[Place],
    patterns: Floats,
) -> Iterator[tuple[int, Floats, Floats]]:
    import torch

    from models.findings.network import lay_out
    from models.findings.precision import threads

    batch = lay_out(chosen, pieces, places)
    with torch.inference_mode(), threads(THREADS):
        logits, marks, sentence = network(batch, torch.from_numpy(patterns[batch.rows]))
    told, by_piece = logits.float().numpy(), marks.float().numpy()
    cuts = torch.searchsorted(sentence, torch.arange(len(batch.rows) + 1)).tolist()
    for at, row in enumerate(batch.rows):
        if batch.judged[at]:
            yield row, told[at], by_piece[cuts[at] : cuts[at + 1]]


def shipped_artefact() -> Path:
    """The artefact that comes with the program."""
    return Path(str(files("models") / "artefacts" / "findings.npz"))


def load_classifier(path: Path | None = None) -> Classifier:
    """The shipped artefact, or one trained elsewhere; read once a process."""
    return _load(path or shipped_artefact())


@lru_cache(maxsize=4)
def _load(path: Path) -> Classifier:
    import numpy as np

    with np.load(path, allow_pickle=False) as stored:
        arrays = {k: stored[k] for k in stored.files if k != "header"}
        header = json.loads(bytes(stored["header"]).decode())
    return Classifier(arrays, header)
