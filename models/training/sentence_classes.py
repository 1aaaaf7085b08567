"""Fits the classifiers of what sentences do to invented sentences (``models.sentence_classes``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.findings.patterns import Patterns
from models.runs import kept_runs, run_table
from models.sentence_classes import NOTHING, features, pattern_counts
from models.training.corpora import invented

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

FOLDS = 5
SEED = 7

Row = tuple[str, str, str]  # class, sentence, where it is from


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
            rows.append((label, text, path.stem))
    said = invented(folder("invented"))
    return rows + [(NOTHING, s.text, s.place.meeting) for s in said if says_nothing(s.labels)]


def table(texts: Sequence[str], pattern_files: tuple[str, ...]) -> tuple[Floats, list[str]]:
    """The features of the sentences, and the values whose patterns are counted."""
    from models.vectors import MiniLM

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
    fewest: int = 0,
) -> dict[str, Any]:
    """Fits one to ``rows`` and writes it; gives accuracy and F1 of five folds.

    ``strength`` is the inverse of the L2 penalty, ``weight`` that of a sentence that does
    something: few do in a meeting, yet what follows can still say that one does not. Runs of words
    that ``fewest`` sentences hold are weighed too, none where it is 0; then no file of sentences
    is in two folds, as each is about one field.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold, StratifiedKFold, cross_val_predict

    texts = [text for _, text, _ in rows]
    made, values = table(texts, pattern_files)
    known = kept_runs(texts, fewest) if fewest else ()
    whole = _beside(made, texts, known)
    wanted, places = np.array([row[0] for row in rows]), [row[2] for row in rows]
    weights = {label: (1.0 if label == NOTHING else weight) for label in sorted(set(wanted))}
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=weights)
    folds = GroupKFold(FOLDS) if known else StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    guessed = cross_val_predict(model, whole, wanted, cv=folds, groups=places if known else None)
    model.fit(whole, wanted)
    labels = model.classes_.tolist()
    header = {"labels": labels, "pattern_values": values, "pattern_files": pattern_files}
    header |= {"sentences": len(rows), **({"runs": known} if known else {})}
    _write(out, header, model.coef_.T, model.intercept_, made.shape[1])
    return _told(wanted, guessed, labels)


def _beside(made: Floats, texts: Sequence[str], known: Sequence[str]) -> Any:
    """The features with the runs beside them, sparse; as they are where no runs are weighed."""
    from scipy.sparse import csr_matrix, hstack

    if not known:
        return made
    return hstack([csr_matrix(made), run_table(texts, {r: i for i, r in enumerate(known)})]).tocsr()


def _write(out: Path, header: Mapping[str, Any], weights: Floats, bias: Floats, own: int) -> None:
    """``own`` are the rows that are not of runs; those of runs are many, so they are kept short."""
    arrays: dict[str, Any] = {
        "weights": weights[:own].astype(np.float32),
        "bias": bias.astype(np.float32),
    }
    if len(weights) > own:
        arrays["run_weights"] = weights[own:].round(2).astype(np.float16)
    np.savez_compressed(out, header=np.array(json.dumps(header)), **arrays)


def _told(wanted: Any, guessed: Any, labels: Sequence[str]) -> dict[str, Any]:
    from sklearn.metrics import f1_score

    right = round(float((wanted == guessed).mean()), 3)
    told = round(float(((wanted != NOTHING) == (guessed != NOTHING)).mean()), 3)
    each = f1_score(wanted, guessed, average=None, labels=labels)
    f1 = dict(zip(labels, each.round(2).tolist(), strict=True))
    macro = float(np.mean([v for k, v in f1.items() if k != NOTHING]))
    return {"accuracy": right, "told_from_none": told, "macro_f1": round(macro, 3), "f1": f1}
