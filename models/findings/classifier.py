"""The trained classifier: three linear heads, weighed together, calibrated.

The artefact holds one model trained on everything and one for each fold of the cross-validation,
so that a meeting that was trained on can be predicted by a model that never saw it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.findings.features import Layout, hashed_words, in_context, pattern_table
from models.findings.patterns import Hit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Inputs = Mapping[str, Any]  # for each head a matrix with a row a sentence

LABELS = ("C", "R", "F", "A")  # decisions are told by patterns: too few are labelled to learn from
HEADS = ("context", "pattern", "word")
EVERYTHING = 0  # the model trained on all meetings; model 1 + f never saw the meetings of fold f


class Classifier:
    """Probabilities of the labels for sentences in their order."""

    def __init__(self, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
        self.header = header
        self._arrays = arrays
        self._columns = {pattern: i for i, pattern in enumerate(header["patterns"])}

    def look_at(
        self,
        texts: Sequence[str],
        vectors: Floats,
        hits: Sequence[Sequence[Hit]],
        layout: Layout,
    ) -> Inputs:
        """What each head sees, for any number of models; one entry a sentence in each argument."""
        return {
            "context": in_context(vectors, layout),
            "pattern": pattern_table(hits, self._columns),
            "word": hashed_words(texts, int(self.header["word_buckets"])),
        }

    def probabilities(self, inputs: Inputs, model: int = EVERYTHING) -> Floats:
        """Calibrated probabilities, shape (n, labels)."""
        import numpy as np

        a = self._arrays
        raw = [inputs[h] @ a[f"{h}_weights"][model] + a[f"{h}_bias"][model] for h in HEADS]
        heads = (np.stack(raw) - a["centre"][model][:, None]) / a["scale"][model][:, None]
        logits = np.einsum("hnl,hl->nl", heads, a["mix"][model]) + a["mix_bias"][model]
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)

    def thresholds(self, model: int = EVERYTHING) -> Floats:
        """From which probability on a label is given, shape (labels,)."""
        thresholds: Floats = self._arrays["thresholds"][model]
        return thresholds

    def model_for(self, meeting: str) -> int:
        """A model that was not trained on this meeting."""
        folds: Mapping[str, int] = self.header["folds"]
        return 1 + folds[meeting] if meeting in folds else EVERYTHING


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
        arrays = {k: stored[k].astype(np.float32) for k in stored.files if k != "header"}
        header = json.loads(bytes(stored["header"]).decode())
    return Classifier(arrays, header)
