"""Fits the learned order of search answers, and measures it on meetings it was not fitted on.

    python benchmarks/ranker.py FOLDER [OUT]

FOLDER is a retrieval benchmark with questions and answers of a public split. Every question is
asked by words alone and by words and meaning, as people do; the candidates of the first order are
labelled by the benchmark. Three things are fitted and added: a logistic regression; boosted trees
of at most eight leaves, which never decrease in a signal that counts for a place; and a weighted
sum fitted so that what it puts first answers, which the other two, that judge each place by itself,
do not aim at. That is done in six folds of whole meetings, and each fold is ranked by what was
fitted on the others, beside the first order alone; then on everything, written as JSON into the
folder OUT, one file a way of asking.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import logsumexp, softmax
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from models.vectors import MiniLM
from warehouse import evaluation_retrieval as bench
from warehouse import ranker, ranking
from warehouse.matching import Ranked, rank, understood
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.store import rebuild

FOLDS, SEEDS = 6, (0, 1)
PLAIN = (
    "person is absent",
    "length",
    "how far into the meeting",
    "words asked for",
)  # no direction
STANDING = "standing by "  # signals that the trees and the regression do not see
LINE_C = 3.0  # of the logistic regression; .3 to 30 differ by less than the folds do
TREES = {
    "max_iter": 160, "learning_rate": 0.05, "max_leaf_nodes": 8, "max_depth": 3,
    "min_samples_leaf": 200, "l2_regularization": 10.0, "max_features": 0.3, "random_state": 0,
}  # fmt: skip
FIRST_WEIGHT, FIRST_L2 = 0.75, 0.01  # of the sum that is fitted for what stands first
ELSEWHERE = 3.0  # weight of all candidates that do not answer beside all that do


@dataclass(frozen=True)
class Case:
    """One question asked in one way."""

    question: dict[str, Any]
    mode: str
    ranked: Ranked
    labels: NDArray[np.int64]  # by candidate


def main() -> None:
    """Prints the figures and writes the ranker."""
    folder = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        reader, encode = archive(folder, Path(home))
        ids = bench._turn_ids(reader)
        cases = asked(folder, reader, encode, ids)
        for mode in ("words", "both"):
            some = [c for c in cases if c.mode == mode]
            told = {"first order": figures(folder, [(c, None) for c in some], ids)}
            for seed in SEEDS:
                told[f"learned, folds {seed}"] = crossed(folder, some, seed, ids)
            print(json.dumps({mode: told}, indent=1), flush=True)
            if len(sys.argv) > 2:
                made = json.dumps(fitted(some), separators=(",", ":"))
                (Path(sys.argv[2]) / f"ranker-{mode}.json").write_text(made + "\n")


def archive(folder: Path, home: Path) -> tuple[Reader, MiniLM]:
    """The benchmark's meetings as a warehouse."""
    model = MiniLM()
    corpus = list(bench._lines(folder / "corpus.jsonl"))
    rebuild(home, bench._meetings(corpus, model.encode))
    return open_reader(home), model


def asked(folder: Path, reader: Reader, model: MiniLM, ids: dict[int, str]) -> list[Case]:
    """Every public question in both ways."""
    relevant = bench._relevant(folder / "qrels-public.tsv")
    out = []
    for question in bench._lines(folder / "queries-public.jsonl"):
        for mode in ("words", "both"):
            found = rank(
                reader, understood(reader, question["query"]), mode=mode,
                encode=model.encode_query, filters=Filters(), allowed=None,
                learned=ranker.blank(),
            )  # fmt: skip
            wanted = relevant[question["qid"]]
            labels = [int(ids[int(p)] in wanted) for p in found.why.places]
            out.append(Case(question, mode, found, np.array(labels)))
    return out


def crossed(folder: Path, cases: Sequence[Case], seed: int, ids: Any) -> Any:
    """Figures where every meeting's questions are ranked by trees that never saw them."""
    meetings = sorted({c.question["meeting"] for c in cases})
    np.random.default_rng(seed).shuffle(meetings)
    pairs = []
    for n in range(FOLDS):
        out = set(meetings[n::FOLDS])
        made = ranker.loads(
            json.dumps(fitted([c for c in cases if c.question["meeting"] not in out]))
        )
        pairs += [(c, made) for c in cases if c.question["meeting"] in out]
    return figures(folder, pairs, ids)


def figures(folder: Path, pairs: Sequence[tuple[Case, Any]], ids: Any) -> dict[str, float]:
    """nDCG@10 and success@5 of whole-archive questions."""
    run = []
    for case, made in pairs:
        why = case.ranked.why
        scores = made.scores(why.seen) if made else why.seen[:, why.names.index("first order")]
        order = np.argsort(-scores, kind="stable")
        order = order[ranking.varied(why.places[order])] if made else order
        run += [
            (case.question["qid"], ids[int(why.places[o])], float(len(order) - n))
            for n, o in enumerate(order)
        ]
    found = bench.score(folder, run, "public", "archive")
    return {name: found[name] for name in ("ndcg@10", "success@5", "mrr", "recall@20")}


def fitted(cases: Sequence[Case]) -> dict[str, Any]:
    """A ranker for these cases as ``warehouse.ranker`` reads it; every question weighs the same."""
    names = next(c.ranked.why.names for c in cases)
    plain = [n for n, name in enumerate(names) if not name.startswith(STANDING)]
    kept = [c for c in cases if c.labels.any()]
    signals = np.concatenate([c.ranked.why.seen for c in kept])
    labels = np.concatenate([c.labels for c in kept])
    weights = np.concatenate(
        [np.where(c.labels, 1 / c.labels.sum(), ELSEWHERE / len(c.labels)) for c in kept]
    )
    more = [0 if names[n] in PLAIN else 1 for n in plain]
    trees = HistGradientBoostingClassifier(monotonic_cst=more, **TREES)
    trees.fit(signals[:, plain], labels, sample_weight=weights / weights.mean())
    start, slopes = _line(signals[:, plain], labels, weights)
    total = FIRST_WEIGHT * _first(signals, kept)
    total[plain] += slopes
    return {
        "signals": list(names),
        "start": round(start + float(np.ravel(trees._baseline_prediction)[0]), 6),
        "weights": [round(float(w), 6) for w in total],
        "depth": TREES["max_depth"],
        "trees": [_tree(predictor.nodes, plain) for (predictor,) in trees._predictors],
    }


def _line(signals: Any, labels: Any, weights: Any) -> tuple[float, NDArray[np.float64]]:
    """A logistic regression: its start, and a slope a signal."""
    scaler = StandardScaler().fit(signals)
    line = LogisticRegression(C=LINE_C, max_iter=500)
    line.fit(scaler.transform(signals), labels, sample_weight=weights)
    slopes = line.coef_[0] / scaler.scale_
    return float(line.intercept_[0] - (slopes * scaler.mean_).sum()), slopes


def _first(signals: Any, kept: Sequence[Case]) -> NDArray[np.float64]:
    """A slope a signal, so that chance, drawing one place by the sums, would draw one that answers.

    The likelihood of that is the largest, less a little of the squares of the slopes.
    """
    scaler = StandardScaler().fit(signals)
    rows = [(scaler.transform(c.ranked.why.seen), c.labels > 0) for c in kept]

    def loss(slopes: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, gradient = 0.0, np.zeros(len(slopes))
        for seen, answers in rows:
            sums = seen @ slopes
            total += logsumexp(sums) - logsumexp(sums[answers])
            gradient += softmax(sums) @ seen - softmax(sums[answers]) @ seen[answers]
        least = FIRST_L2 * slopes
        return total / len(rows) + least @ slopes, gradient / len(rows) + 2 * least

    found = minimize(loss, np.zeros(signals.shape[1]), jac=True, method="L-BFGS-B")
    slopes: NDArray[np.float64] = found.x / scaler.scale_
    return slopes


def _tree(nodes: Any, plain: Sequence[int]) -> dict[str, list[float]]:
    tree: dict[str, list[float]] = {n: [] for n in ("signal", "bound", "left", "right", "value")}
    for n, node in enumerate(nodes):
        leaf = bool(node["is_leaf"])
        tree["signal"].append(0 if leaf else plain[int(node["feature_idx"])])
        tree["bound"].append(0.0 if leaf else round(float(node["num_threshold"]), 6))
        tree["left"].append(n if leaf else int(node["left"]))
        tree["right"].append(n if leaf else int(node["right"]))
        tree["value"].append(0.0)
    _means(nodes, tree["value"], 0)
    return tree


def _means(nodes: Any, values: list[float], at: int) -> float:
    """Fills in what each node adds: at a leaf its value, above it the mean of what lies below."""
    node = nodes[at]
    if node["is_leaf"]:
        values[at] = round(float(node["value"]), 6)
    else:
        below = [int(node["left"]), int(node["right"])]
        told = [_means(nodes, values, n) for n in below]
        counts = [float(nodes[n]["count"]) for n in below]
        values[at] = round(float(np.average(told, weights=counts)), 6)
    return values[at]


if __name__ == "__main__":
    main()
