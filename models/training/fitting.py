"""Calibration and thresholds, from scores that each meeting got from a model that never saw it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[Any]

AS_GOOD = 0.98  # of the best F1


def calibrate(features: Floats, truth: Floats) -> tuple[Floats, float]:
    """Weights and bias that turn a logit and pattern counts into a probability (Platt 1999).

    ``features`` is (n, 1 + kinds of pattern). A little held back, because patterns of a rare
    label are seen a few times only.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=1.0, max_iter=2000).fit(features, truth > 0)
    return model.coef_[0].astype(np.float32), float(model.intercept_[0])


def best_threshold(truth: Floats, chances: Floats) -> float:
    """A probability at which F1 is about as good as at its best.

    F1 is flat at its top, and where exactly it peaks is chance; of the thresholds that are about
    as good the middle one is taken, which held better on unseen meetings than the peak did.
    """
    import numpy as np

    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(truth[order] > 0)
    f1 = 2 * right / (np.arange(1, len(truth) + 1) + (truth > 0).sum())
    good = np.flatnonzero(f1 >= AS_GOOD * f1.max())
    middle = int(good[len(good) // 2])
    below = chances[order[min(middle + 1, len(truth) - 1)]]
    return float((chances[order[middle]] + below) / 2)


def scores_of(truth: Floats, given: Floats) -> dict[str, float]:
    """Precision, recall and F1 of one label."""
    right = float(((truth > 0) & (given > 0)).sum())
    precision = right / max(float((given > 0).sum()), 1.0)
    recall = right / max(float((truth > 0).sum()), 1.0)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    rounded = {"precision": precision, "recall": recall, "f1": f1}
    return {k: round(v, 3) for k, v in rounded.items()}
