"""Fits what follows a matter from meeting to meeting: statuses, links and threads.

    python -m models.training.train_following [--out models/artefacts] [--report]

Statuses are learnt from invented sentences, links and threads from invented series of meetings
(``models/training/statuses``, ``models/training/series``). Nothing that is scored on is read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.findings.patterns import Patterns
from models.following.likeness import FEATURES, Likeness
from models.following.linking import candidates
from models.following.statuses import FILES, NOTHING, features, pattern_counts
from models.following.threads import PAIRS, pair_tables

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.evaluation.series import Heard

    Floats = NDArray[np.float32]

STRENGTH = 0.3  # inverse of the L2 penalty on the statuses
FOLDS = 5
SEED = 7


def statuses_material() -> list[tuple[str, str, str]]:
    """(status, before, text) of every invented sentence."""
    rows = []
    for path in sorted(_folder("statuses").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            status, before, text = line.split("\t")
            rows.append((status, before, text))
    return rows


def statuses_table(rows: Sequence[tuple[str, str, str]]) -> tuple[Floats, list[str]]:
    """The features of the sentences, and the values whose patterns are counted."""
    from models.vectors import MiniLM

    encode = MiniLM().encode
    vectors = encode([text for _, _, text in rows])
    known = [i for i, (_, before, _) in enumerate(rows) if before]
    ahead = np.zeros_like(vectors)
    ahead[known] = encode([rows[i][1] for i in known])
    patterns = Patterns(FILES)
    values = sorted({p.value for p in patterns.patterns if p.value and p.speaks_for})
    counts = pattern_counts([patterns.match(text) for _, _, text in rows], values)
    return features(vectors, ahead, counts), values


def fit_statuses(rows: Sequence[tuple[str, str, str]], out: Path) -> dict[str, Any]:
    """Fits the statuses; gives accuracy and F1 of five folds."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import f1_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    table, values = statuses_table(rows)
    wanted = np.array([status for status, _, _ in rows])
    model = LogisticRegression(C=STRENGTH * 10, max_iter=2000)
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    guessed = cross_val_predict(model, table, wanted, cv=folds)
    model.fit(table, wanted)
    header = {"labels": model.classes_.tolist(), "pattern_values": values, "sentences": len(rows)}
    np.savez_compressed(
        out / "statuses.npz",
        header=np.array(json.dumps(header)),
        weights=model.coef_.T.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )
    each = f1_score(wanted, guessed, average=None, labels=model.classes_)
    return {
        "accuracy": round(float((wanted == guessed).mean()), 3),
        "claimed": round(float(((wanted != NOTHING) == (guessed != NOTHING)).mean()), 3),
        "f1": dict(zip(model.classes_.tolist(), each.round(2).tolist(), strict=True)),
    }


def _folder(name: str) -> Path:
    return Path(str(files("models").joinpath("training", name)))
