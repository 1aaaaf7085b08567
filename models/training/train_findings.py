"""Trains the findings classifier from a folder of labelled sentences and writes the artefact.

    python -m models.training.train_findings FOLDER --out models/artefacts/findings.npz

Every figure it reports is out of fold: each meeting is judged by a model, a weighing, a
calibration and a threshold that never saw it. The same inputs give the same bytes on the same
machine, as long as the libraries for linear algebra run on one thread.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.findings.classifier import EVERYTHING, HEADS, LABELS, Classifier, Inputs
from models.findings.features import WORD_BUCKETS, Layout
from models.findings.patterns import FINDING_FILES, Patterns, load
from models.training.degrade import Mishearing
from models.training.fitting import best_threshold, calibrate, logistic, scores_of
from models.training.labelled import Labelled, folder_sha256, meetings_in_folds, read_labelled
from models.vectors import MiniLM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[Any]

FOLDS = 8
STRENGTHS = {"context": 3e-3, "pattern": 1e-3, "word": 1e-3}  # how much a head is held back
MIX_STRENGTH = 1e-2
COPIES = {"clean": 0, "heard": 1, "heard again": 2}  # the last is never trained on
TRAINED_ON = ("clean", "heard")
log = logging.getLogger(__name__)


def main() -> None:
    """Reads the command line, trains, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path("models/artefacts/findings.npz"))
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    begun = time.monotonic()
    arrays, header = train(given.folder)
    write_artefact(given.out, arrays, header)
    log.info("%s", json.dumps(header["figures"], indent=1))
    log.info("%s written, %.0f s", given.out, time.monotonic() - begun)


def train(folder: Path) -> tuple[dict[str, Floats], dict[str, Any]]:
    """The arrays and the header of an artefact."""
    import numpy as np

    labelled = read_labelled(folder)
    header = _header(folder, labelled)
    copies = _copies(labelled, header)
    truth = np.array([[x in s.labels for x in LABELS] for s in labelled], dtype=np.float32)
    fold = np.array([header["folds"][s.place.meeting] for s in labelled])
    heads = [_fit_heads(copies, truth, fold != f) for f in range(FOLDS)]
    unseen = {c: _out_of_fold(heads, s, fold) for c, s in copies.items()}
    heads.insert(EVERYTHING, _fit_heads(copies, truth, fold >= 0))
    judged = [_fit_judge(unseen, truth, fold != f) for f in range(-1, FOLDS)]
    arrays = {k: np.stack([m[k] for m in heads]).astype(np.float16) for k in heads[0]}
    arrays |= {k: np.stack([j[k] for j in judged]).astype(np.float32) for k in judged[0]}
    header["figures"] = _figures(arrays, header, copies, truth, fold)
    return arrays, header


def write_artefact(path: Path, arrays: Mapping[str, Floats], header: Mapping[str, Any]) -> None:
    """Arrays and a JSON header in one npz without a pickle in it."""
    import numpy as np

    text = json.dumps(header, sort_keys=True).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, allow_pickle=False, header=np.frombuffer(text, dtype=np.uint8), **arrays)


def _header(folder: Path, labelled: Sequence[Labelled]) -> dict[str, Any]:
    counts = {x: sum(x in s.labels for s in labelled) for x in (*LABELS, "D")}
    return {
        "labels": LABELS,
        "heads": HEADS,
        "patterns": [p.id for p in load(FINDING_FILES)],
        "word_buckets": WORD_BUCKETS,
        "folds": meetings_in_folds(labelled, FOLDS),
        "training": {
            "sha256": folder_sha256(folder),
            "sentences": len(labelled),
            "labels": counts,
        },
        "versions": {n: version(n) for n in ("numpy", "scipy", "scikit-learn", "spacy", "torch")},
        "strengths": STRENGTHS | {"mix": MIX_STRENGTH},
    }


def _copies(labelled: Sequence[Labelled], header: Mapping[str, Any]) -> dict[str, Inputs]:
    texts = [s.text for s in labelled]
    layout = Layout([s.place for s in labelled])
    minilm, patterns, mishear = MiniLM(), Patterns(), Mishearing(texts)
    looking = Classifier({}, header)
    made = {}
    for copy, seed in COPIES.items():
        said = mishear.degrade(texts, seed=seed) if seed else texts
        hits = [patterns.match(t) for t in said]
        made[copy] = looking.look_at(said, minilm.encode(said), hits, layout)
        log.info("%s: %d sentences read", copy, len(said))
    return made


def _fit_heads(
    copies: Mapping[str, Inputs], truth: Floats, use: NDArray[np.bool_]
) -> dict[str, Floats]:
    fitted: dict[str, Floats] = {}
    for head in HEADS:
        inputs = [copies[c][head][use] for c in TRAINED_ON]
        weights, bias = logistic(inputs, truth[use], strength=STRENGTHS[head])
        fitted |= {f"{head}_weights": weights, f"{head}_bias": bias}
    log.info("heads fitted on %d sentences", int(use.sum()))
    return fitted


def _out_of_fold(
    heads: Sequence[Mapping[str, Floats]], inputs: Inputs, fold: NDArray[np.int64]
) -> Floats:
    """(heads, n, labels): each sentence scored by the heads that never saw its meeting."""
    import numpy as np

    made = np.zeros((len(HEADS), len(fold), len(LABELS)), dtype=np.float32)
    for f, model in enumerate(heads):
        rows = fold == f
        for h, head in enumerate(HEADS):
            made[h, rows] = inputs[head][rows] @ model[f"{head}_weights"] + model[f"{head}_bias"]
    return made


def _fit_judge(
    unseen: Mapping[str, Floats], truth: Floats, use: NDArray[np.bool_]
) -> dict[str, Floats]:
    """The weighing of the heads, its calibration and the thresholds, from out-of-fold scores."""
    import numpy as np

    centre = unseen["clean"][:, use].mean(axis=1)
    scale = unseen["clean"][:, use].std(axis=1)
    seen = [((unseen[c] - centre[:, None]) / scale[:, None])[:, use] for c in TRAINED_ON]
    mix = np.zeros((len(seen[0]), len(LABELS)), dtype=np.float32)
    bias = np.zeros(len(LABELS), dtype=np.float32)
    thresholds = np.zeros(len(LABELS), dtype=np.float32)
    for j in range(len(LABELS)):
        inputs = [s[:, :, j].T for s in seen]
        weights, offset = logistic(inputs, truth[use][:, [j]], strength=MIX_STRENGTH)
        logits = np.concatenate([i @ weights[:, 0] + offset[0] for i in inputs])
        slope, shift = calibrate(logits, np.tile(truth[use][:, j], len(inputs)))
        mix[:, j], bias[j] = slope * weights[:, 0], slope * offset[0] + shift
        chances = 1.0 / (1.0 + np.exp(-(slope * logits + shift)))
        thresholds[j] = best_threshold(np.tile(truth[use][:, j], len(inputs)), chances)
    return {
        "centre": centre,
        "scale": scale,
        "mix": mix,
        "mix_bias": bias,
        "thresholds": thresholds,
    }


def _figures(
    arrays: Mapping[str, Floats],
    header: Mapping[str, Any],
    copies: Mapping[str, Inputs],
    truth: Floats,
    fold: NDArray[np.int64],
) -> dict[str, Any]:
    import numpy as np

    stored = {k: v.astype(np.float32) for k, v in arrays.items()}
    classifier = Classifier(stored, header)
    figures: dict[str, Any] = {}
    for copy, inputs in copies.items():
        given = np.zeros_like(truth)
        for f in range(FOLDS):
            chances = classifier.probabilities(inputs, 1 + f)
            rows = fold == f
            given[rows] = (chances >= classifier.thresholds(1 + f))[rows]
        figures[copy] = {x: scores_of(truth[:, j], given[:, j]) for j, x in enumerate(LABELS)}
    return figures


if __name__ == "__main__":
    main()
