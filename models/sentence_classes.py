"""What a sentence does, told by a linear classifier over its meaning and the patterns in it.

Fitted to invented speech (``models/training/sentence_classes.py``). What was said before it made
the figures of sentences left out worse, so it is not weighed. Where tense and mood matter, as in
what became of something, the runs of words (``models/runs.py``) count too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.findings.patterns import Hit

    Floats = NDArray[np.float32]

NOTHING = "none"  # the class of most talk
MOST_HITS = 2.0


class SentenceClasses:
    """Chances of each class for sentences in their order."""

    def __init__(self, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
        # here, as the findings use what stands in this file
        from models.findings.patterns import Patterns

        self.labels: tuple[str, ...] = tuple(header["labels"])
        self._values: tuple[str, ...] = tuple(header["pattern_values"])
        self._arrays = arrays
        self._patterns = Patterns(tuple(header["pattern_files"]))
        self._runs = {run: i for i, run in enumerate(header.get("runs", ()))}

    def read(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Chances, (n, labels); ``vectors`` has one row a sentence."""
        counts = pattern_counts([self._patterns.match(t) for t in texts], self._values)
        logits = features(vectors, counts) @ self._arrays["weights"] + self._arrays["bias"]
        if self._runs:
            from models.runs import run_table  # as for the patterns

            logits = logits + run_table(texts, self._runs) @ self._arrays["run_weights"]
        return _softmax(logits)

    def rules(self, text: str, label: str) -> tuple[str, ...]:
        """The ids of the patterns that speak for a label in a sentence."""
        found = (h.pattern for h in self._patterns.match(text))
        return tuple(dict.fromkeys(p.id for p in found if p.value == label and p.speaks_for))

    def likeliest(self, chances: Floats) -> str:
        """The likeliest class of one row that is something."""
        told = chances.copy()
        told[self.labels.index(NOTHING)] = 0.0
        return self.labels[int(told.argmax())]


def features(vectors: Floats, counts: Floats) -> Floats:
    """What the classifier weighs, (n, dimensions + values)."""
    import numpy as np

    table: Floats = np.concatenate([vectors, counts], axis=1).astype(np.float32)
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


def artefact(name: str) -> Path:
    """The file that ships."""
    return Path(str(files("models").joinpath("artefacts", f"{name}.npz")))


@lru_cache(maxsize=4)
def load_classes(name: str) -> SentenceClasses:
    """A shipped classifier: ``statuses`` or ``settling``."""
    import numpy as np

    with np.load(artefact(name), allow_pickle=False) as kept:
        arrays = {n: kept[n].astype(np.float32) for n in kept.files if n != "header"}
        return SentenceClasses(arrays, json.loads(str(kept["header"])))
