"""What a sentence claims became of a recommendation: accepted, done, refused, or nothing at all.

A linear classifier over the vectors of the sentence and of what was said before it, and over the
status patterns in it; fitted to invented speech (``models/training/train_statuses.py``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.findings.patterns import Hit, Patterns

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NOTHING = "none"
UNANSWERED = "no_response"  # somebody says that no answer has come; not a state of its own
FILES = ("status",)
MOST_HITS = 2.0


class Statuses:
    """Chances of each status for sentences in their order."""

    def __init__(self, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
        self.labels: tuple[str, ...] = tuple(header["labels"])
        self._values: tuple[str, ...] = tuple(header["pattern_values"])
        self._arrays = arrays
        self._patterns = Patterns(FILES)

    def read(self, texts: Sequence[str], vectors: Floats, before: Floats) -> Floats:
        """Chances, (n, labels); ``before`` has the vector of what was said before, or zeros."""
        table = features(vectors, before, self.hits(texts))
        logits = table @ self._arrays["weights"] + self._arrays["bias"]
        return _softmax(logits)

    def hits(self, texts: Sequence[str]) -> Floats:
        """How many patterns of each value stand in each sentence, (n, values)."""
        return pattern_counts([self._patterns.match(t) for t in texts], self._values)

    def rules(self, text: str, label: str) -> tuple[str, ...]:
        """The ids of the patterns that speak for a label in a sentence."""
        found = (h.pattern for h in self._patterns.match(text))
        return tuple(dict.fromkeys(p.id for p in found if p.value == label and p.speaks_for))


def features(vectors: Floats, before: Floats, counts: Floats) -> Floats:
    """What the classifier weighs, (n, 2 * dimensions + values)."""
    import numpy as np

    table: Floats = np.concatenate([vectors, before, counts], axis=1).astype(np.float32)
    return table


def pattern_counts(hits: Sequence[Sequence[Hit]], values: Sequence[str]) -> Floats:
    """How many patterns of each value stand in each sentence, at most two counted."""
    import numpy as np

    column = {v: i for i, v in enumerate(values)}
    table = np.zeros((len(hits), len(values)), dtype=np.float32)
    for row, found in enumerate(hits):
        for hit in found:
            if hit.pattern.speaks_for and hit.pattern.value in column:
                table[row, column[hit.pattern.value]] += 1
    return np.minimum(table, MOST_HITS)


def _softmax(logits: Floats) -> Floats:
    import numpy as np

    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    chances: Floats = raised / raised.sum(axis=1, keepdims=True)
    return chances


def artefact() -> Path:
    """The file that ships."""
    return Path(str(files("models").joinpath("artefacts", "statuses.npz")))


@lru_cache(maxsize=2)
def load_statuses(path: Path | None = None) -> Statuses:
    """The shipped classifier, or the one in ``path``."""
    import numpy as np

    with np.load(path or artefact(), allow_pickle=False) as kept:
        arrays = {name: kept[name] for name in kept.files if name != "header"}
        return Statuses(arrays, json.loads(str(kept["header"])))
