"""Fits the classifiers of what sentences do to invented sentences (``models.sentence_classes``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.findings.patterns import Patterns
from models.sentence_classes import NOTHING, features, pattern_counts
from models.training.corpora import invented

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDS = 5
SEED = 7

Row = tuple[str, str]  # class, sentence


def folder(name: str) -> Path:
    """A folder of training material."""
    return Path(str(files("models").joinpath("training", name)))


def material(name: str, says_nothing: Callable[[Collection[str]], bool]) -> list[Row]:
    """Every invented sentence of a folder, and the invented meetings' that do nothing of the kind.

    ``says_nothing`` tells so from the labels of a sentence of the meetings.
    """
    rows: list[Row] = []
    for path in sorted(folder(name).glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            label, _, text = line.split("\t")
            rows.append((label, text))
    said = invented(folder("invented"))
    return rows + [(NOTHING, s.text) for s in said if says_nothing(s.labels)]


def table(rows: Sequence[Row], pattern_files: tuple[str, ...]) -> tuple[Floats, list[str]]:
    """The features of the sentences, and the values whose patterns are counted."""
    from models.vectors import MiniLM

    texts = [text for _, text in rows]
    patterns = Patterns(pattern_files)
    values = sorted({p.value for p in patterns.patterns if p.value and p.speaks_for})
    counts = pattern_counts([patterns.match(text) for text in texts], values)
    return features(MiniLM().encode(texts), counts), values


def fit(
    rows: Sequence[Row],
    pattern_files: tuple[str, ...],
    out: Path,
    *,
    strength: float,
    weight: float,
) -> dict[str, Any]:
    """Fits one to ``rows`` and writes it; gives accuracy and F1 of five folds.

    ``strength`` is the inverse of the L2 penalty, ``weight`` that of a sentence that does
    something: few do in a meeting, yet what follows can still say that one does not.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    made, values = table(rows, pattern_files)
    wanted = np.array([label for label, _ in rows])
    weights = {label: (1.0 if label == NOTHING else weight) for label in sorted(set(wanted))}
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=weights)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    guessed = cross_val_predict(model, made, wanted, cv=folds)
    model.fit(made, wanted)
    labels = model.classes_.tolist()
    header = {"labels": labels, "pattern_values": values, "pattern_files": pattern_files}
    np.savez_compressed(
        out,
        header=np.array(json.dumps(header | {"sentences": len(rows)})),
        weights=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )
    each = f1_score(wanted, guessed, average=None, labels=labels)
    return _told(wanted, guessed, dict(zip(labels, each.round(2).tolist(), strict=True)))


def _told(wanted: Any, guessed: Any, f1: Mapping[str, float]) -> dict[str, Any]:
    right = round(float((wanted == guessed).mean()), 3)
    told = round(float(((wanted != NOTHING) == (guessed != NOTHING)).mean()), 3)
    return {"accuracy": right, "told_from_none": told, "f1": dict(f1)}
