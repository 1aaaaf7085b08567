"""Fitting: logistic regression over copies of the same sentences, calibration, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

AS_GOOD = 0.985  # of the best F1
EVENED = 0.7  # 0 counts every sentence alike, 1 makes a rare label weigh as much as its absence


def logistic(inputs: Sequence[Any], truth: Floats, *, strength: float) -> tuple[Floats, Floats]:
    """Weights (features, labels) and bias (labels,), one regression a label.

    ``inputs`` are copies of the same sentences, each (n, features); ``strength`` is the L2 penalty
    for each unit of weight in the mean loss, so that it means the same whatever the number of
    sentences.
    """
    import numpy as np
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    stack = sparse.vstack if sparse.issparse(inputs[0]) else np.vstack
    together = stack(list(inputs))
    weights, biases = [], []
    for label in range(truth.shape[1]):
        wanted = np.tile(truth[:, label] > 0, len(inputs))
        rarity = (1 - wanted.mean()) / max(wanted.mean(), 1e-9)
        each = np.where(wanted, rarity**EVENED, 1.0)
        model = LogisticRegression(C=1 / (strength * each.sum()), max_iter=200, tol=1e-3)
        model.fit(together, wanted, sample_weight=each)
        weights.append(model.coef_[0])
        biases.append(model.intercept_[0])
    return np.stack(weights, axis=1).astype(np.float32), np.array(biases, dtype=np.float32)


def calibrate(logits: Floats, truth: Floats) -> tuple[float, float]:
    """Slope and shift that turn a score into a probability (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1e6, max_iter=500).fit(logits[:, None], truth > 0)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def best_threshold(truth: Floats, chances: Floats) -> float:
    """The lowest probability at which F1 is about as good as at its best.

    F1 is flat at its top; of thresholds that are as good, the one that misses least is taken,
    because a person can dismiss a finding but cannot see one that was not made.
    """
    import numpy as np

    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(truth[order] > 0)
    f1 = 2 * right / (np.arange(1, len(truth) + 1) + (truth > 0).sum())
    last = int(np.flatnonzero(f1 >= AS_GOOD * f1.max())[-1])
    below = chances[order[min(last + 1, len(truth) - 1)]]
    return float((chances[order[last]] + below) / 2)


def scores_of(truth: Floats, given: Floats) -> dict[str, float]:
    """Precision, recall and F1 of one label."""
    right = float(((truth > 0) & (given > 0)).sum())
    precision = right / max(float((given > 0).sum()), 1.0)
    recall = right / max(float((truth > 0).sum()), 1.0)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    rounded = {"precision": precision, "recall": recall, "f1": f1}
    return {k: round(v, 3) for k, v in rounded.items()}
