"""Fits what follows a matter from meeting to meeting: statuses and links.

    python -m models.training.train_following [--out models/artefacts]

Statuses are learnt from invented sentences, links from invented series of meetings
(``models/training/statuses``, ``models/training/series``). Nothing that is scored on is read.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.findings.patterns import Patterns
from models.following.likeness import FEATURES, Likeness
from models.following.linking import candidates
from models.following.statuses import FILES, NOTHING, features, pattern_counts
from models.training.corpora import invented

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.evaluation.series import Heard
    from transcripts.linked import Spoken, Wanted

    Floats = NDArray[np.float32]

STRENGTH = 1.0  # inverse of the L2 penalty on the statuses
CLAIMED = 20.0  # the weight of a sentence that claims something
LINKED = 0.3  # chance, with what was carried over; of the best F1 of events
PAIR_STRENGTH = 0.3
FOLDS = 5
SEED = 7


def statuses_material() -> list[tuple[str, str, str]]:
    """(status, before, text) of every invented sentence.

    What the invented meetings say, but for their follow-ups, claims nothing.
    """
    rows = []
    for path in sorted(_folder("statuses").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            status, before, text = line.split("\t")
            rows.append((status, before, text))
    said = list(invented(_folder("invented")))
    pairs = itertools.pairwise(said)
    return rows + [(NOTHING, a.text, b.text) for a, b in pairs if "F" not in b.labels]


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
    # in a meeting few sentences claim anything, yet a link can still say that one does not
    weight = {label: (1.0 if label == NOTHING else CLAIMED) for label in sorted(set(wanted))}
    model = LogisticRegression(C=STRENGTH, max_iter=2000, class_weight=weight)
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


def series_material() -> list[tuple[list[Heard], dict[str, Any]]]:
    """The meetings of every invented series, understood, with what they hold."""
    from models.evaluation.series import hear

    folders = sorted(p for p in _folder("series").iterdir() if p.is_dir())
    return [(hear(f), json.loads((f / "gold.json").read_text(encoding="utf-8"))) for f in folders]


def link_table(
    heard: Sequence[Heard], gold: dict[str, Any]
) -> tuple[Floats, NDArray[np.bool_], NDArray[np.float32]]:
    """A row for every claim with every recommendation it may be about, its truth and weight.

    The sentence that holds the evidence of an event counts fully, the others of its turns half.
    """
    wanted, spoken = everything(heard)
    same = _matched(heard, gold)
    events = _events_at(gold, same)
    likeness = Likeness(wanted, spoken)
    tables, truths, sizes = [], [], []
    for s in spoken:
        possible = candidates(s, wanted)
        if not possible:
            continue
        at = events.get((s.meeting_id, _turn(s)), {})
        own = s.texts[s.claim.about.index(s.claim.sentence_id)]
        tables.append(likeness.table(s, possible))
        truths += [w.finding_id in at for w in possible]
        sizes += [_weight(own, at.get(w.finding_id)) for w in possible]
    return np.concatenate(tables), np.array(truths), np.array(sizes, dtype=np.float32)


def everything(heard: Sequence[Heard]) -> tuple[list[Wanted], list[Spoken]]:
    """Recommendations and claims of all meetings, laid out."""
    from models.evaluation.series import laid_out

    wanted: list[Wanted] = []
    spoken: list[Spoken] = []
    for h in heard:
        layout, made = laid_out(h)
        wanted += made
        spoken += [layout.spoken(c) for c in h.claims]
    return wanted, spoken


def _turn(spoken: Spoken) -> int:
    return int(spoken.claim.sentence_id.split("/")[1])


def _weight(own: str, evidence: str | None) -> float:
    return 1.0 if evidence is None or evidence in own or own in evidence else 0.5


def _matched(heard: Sequence[Heard], gold: dict[str, Any]) -> dict[str, str]:
    """Which of our recommendations each one of the answers is."""
    from models.evaluation.overlap import token_f1
    from models.evaluation.series import _recommendations
    from models.evaluation.series_scores import match_recommendations

    made = [r for h in heard for r in _recommendations(h)]
    matched = match_recommendations(gold, {"recommendations": made}, token_f1)
    return {gold["recommendations"][i]["id"]: made[j]["id"] for i, j in matched.items()}


def _events_at(gold: dict[str, Any], same: dict[str, str]) -> dict[tuple[str, int], dict[str, str]]:
    """Evidence of the events at each turn, by recommendation."""
    at: dict[tuple[str, int], dict[str, str]] = {}
    for event in gold["events"]:
        for turn in event["turns"]:
            place = at.setdefault((event["meeting_id"], turn), {})
            if event["recommendation"] in same:
                place[same[event["recommendation"]]] = event.get("evidence", "")
    return at


def _folder(name: str) -> Path:
    return Path(str(files("models").joinpath("training", name)))


def fit_links(material: Sequence[tuple[list[Heard], dict[str, Any]]], out: Path) -> dict[str, Any]:
    """Fits the weights of links."""
    tables = [link_table(heard, gold) for heard, gold in material]
    kept = _fitted(tables, FEATURES) | {"threshold": LINKED}
    (out / "linking.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return {"pairs": int(sum(len(t[0]) for t in tables)), **_told(kept)}


def _fitted(tables: Sequence[tuple[Any, ...]], names: Sequence[str]) -> dict[str, Any]:
    chances = np.concatenate(
        [_fit(_without(tables, i)).chances(tables[i][0]) for i in range(len(tables))]
    )
    truth = np.concatenate([t[1] for t in tables])
    steps = np.linspace(0.05, 0.95, 91)
    scores = [_f1(truth, chances >= step) for step in steps]
    best = int(np.argmax(scores))
    line = _fit(tables)
    return {
        "features": list(names),
        "weights": [round(float(w), 4) for w in line.weights],
        "bias": round(float(line.bias), 4),
        "threshold": round(float(steps[best]), 2),
        "f1_left_out": round(float(scores[best]), 3),
    }


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression over raw features."""

    weights: Floats
    bias: float

    def chances(self, rows: Floats) -> Floats:
        """The chance of each row."""
        return np.asarray(1 / (1 + np.exp(-(rows @ self.weights + self.bias))), dtype=np.float32)


def _fit(tables: Sequence[tuple[Any, ...]]) -> Line:
    """Fitted to scaled features; the scale is folded into the weights."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([t[0] for t in tables])
    truth = np.concatenate([t[1] for t in tables])
    sizes = None if tables[0][2] is None else np.concatenate([t[2] for t in tables])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=PAIR_STRENGTH, max_iter=2000)
    model.fit((rows - mean) / scale, truth, sample_weight=sizes)
    weights = model.coef_[0] / scale
    return Line(weights, float(model.intercept_[0] - weights @ mean))


def _without(tables: Sequence[Any], left_out: int) -> list[Any]:
    return [t for i, t in enumerate(tables) if i != left_out] or list(tables)


def _f1(truth: NDArray[np.bool_], guessed: NDArray[np.bool_]) -> float:
    right = int((truth & guessed).sum())
    return 2 * right / max(int(truth.sum() + guessed.sum()), 1)


def _told(kept: dict[str, Any]) -> dict[str, Any]:
    return {"threshold": kept["threshold"], "f1_left_out": kept["f1_left_out"]}


def main() -> None:
    """Fits both and prints what five folds, and series left out, say of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=_folder("").parent / "artefacts")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    print(json.dumps({"statuses": fit_statuses(statuses_material(), out)}))
    print(json.dumps({"links": fit_links(series_material(), out)}))


if __name__ == "__main__":
    main()
