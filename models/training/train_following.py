"""Fits what follows a matter from meeting to meeting: statuses, settling words, links, threads.

    python -m models.training.train_following [--out models/artefacts]

Statuses and what settles a proposal are learnt from invented sentences, links and threads from
invented series of meetings (``models/training/{statuses,settlements,series}``). Nothing that is
scored on is read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.following.likeness import FEATURES, Likeness
from models.following.linking import candidates
from models.following.threads import PAIRS, chances, clusters, pair_tables
from models.training.sentence_classes import fit, folder, material

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.evaluation.series import Heard
    from transcripts.linked import Spoken, Wanted, Worry

    Floats = NDArray[np.float32]
    Material = tuple[Sequence[Heard], dict[str, Any]]

STRENGTH, CLAIMED, FEWEST = 2.0, 3.0, 3  # of the statuses, see ``sentence_classes.fit``
SETTLING, SETTLED = 0.6, 20.0  # and of what settles
LINKED = 0.25  # chance, with what was carried over; low, as a person confirms
PAIR_STRENGTH = 0.3
THREADS = 0.3


def fit_statuses(out: Path) -> dict[str, Any]:
    """Fits what sentences claim became of a recommendation; follow-ups of meetings tell nothing."""
    rows = material("statuses", lambda labels: "F" not in labels)
    kept = out / "statuses.npz"
    return fit(rows, ("status",), kept, strength=STRENGTH, weight=CLAIMED, fewest=FEWEST)


def fit_settling(out: Path) -> dict[str, Any]:
    """Fits what chairs say to settle a proposal; recommendations and decisions tell nothing."""
    rows = material("settlements", lambda labels: not {"F", "R", "D"} & set(labels))
    return fit(rows, ("outcome",), out / "settling.npz", strength=SETTLING, weight=SETTLED)


def series_material() -> list[Material]:
    """The meetings of every invented series, understood, with what they hold."""
    from models.evaluation.series import hear

    folders = sorted(p for p in folder("series").iterdir() if p.is_dir())
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


def fit_links(material: Sequence[Material], out: Path) -> dict[str, Any]:
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


def _fit(
    tables: Sequence[tuple[Any, ...]], strength: float = PAIR_STRENGTH, weight: str | None = None
) -> Line:
    """Fitted to scaled features; the scale is folded into the weights."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([t[0] for t in tables])
    truth = np.concatenate([t[1] for t in tables])
    sizes = None if tables[0][2] is None else np.concatenate([t[2] for t in tables])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=weight)
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


def fit_threads(material: Sequence[Material], out: Path) -> dict[str, Any]:
    """Fits how likely two concerns are one worry; the threshold is the best of series left out."""
    tables = [_pairs(*concerns(heard, gold)) for heard, gold in material]
    steps = np.linspace(0.3, 0.9, 13)
    scores = [_left_out(material, tables, step) for step in steps]
    best = int(np.argmax(scores))
    kept = _as_kept(_fit(tables, THREADS, "balanced"), float(steps[best]))
    (out / "threads.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return {"threshold": kept["threshold"], "f1_left_out": round(float(scores[best]), 3)}


def concerns(heard: Sequence[Heard], gold: dict[str, Any]) -> tuple[list[Worry], list[str]]:
    """The concerns of the answers, laid out, with the thread of each; empty for none."""
    from models.evaluation.series import worry_at

    by_id = {h.id: h for h in heard}
    titles = {c: t["title"] for t in gold["concern_threads"] for c in t["concerns"]}
    voiced = gold["concerns"]
    worries = [worry_at(by_id[c["meeting_id"]], c["turn"], c.get("text") or "") for c in voiced]
    return worries, [titles.get(c["id"], "") for c in voiced]


def _pairs(worries: Sequence[Worry], thread: Sequence[str]) -> tuple[Any, ...]:
    upper = np.triu_indices(len(worries), 1)
    columns = dict(pair_tables(worries))
    names = np.array(thread)
    same = (names[:, None] == names[None, :]) & (names != "")[:, None]
    return np.stack([columns[name][upper] for name in PAIRS], axis=1), same[upper], None


def _left_out(
    material: Sequence[Material], tables: Sequence[tuple[Any, ...]], step: float
) -> float:
    """F1 of pairs in one thread among the concerns that are found, each series by what the others
    taught, all counted together."""
    truth, guessed = [], []
    for i, (heard, gold) in enumerate(material):
        kept = _as_kept(_fit(_without(tables, i), THREADS, "balanced"), step)
        found, thread = _found(heard, gold)
        number = clusters(chances(found, kept), step)[list(thread)]
        names = np.array(list(thread.values()))
        upper = np.triu_indices(len(names), 1)
        truth.append(((names[:, None] == names[None, :]) & (names != "")[:, None])[upper])
        guessed.append((number[:, None] == number[None, :])[upper])
    return _f1(np.concatenate(truth), np.concatenate(guessed))


def _found(heard: Sequence[Heard], gold: dict[str, Any]) -> tuple[list[Worry], dict[int, str]]:
    """The concerns that are found, and of those that are in the answers the thread."""
    from models.evaluation.series import concern_rows, worries_of
    from models.evaluation.series_scores import match_concerns

    titles = {c: t["title"] for t in gold["concern_threads"] for c in t["concerns"]}
    matched = match_concerns(gold["concerns"], concern_rows(heard))
    thread = {j: titles.get(gold["concerns"][i]["id"], "") for i, j in matched.items()}
    return [w for h in heard for w in worries_of(h)], thread


def _as_kept(line: Line, threshold: float) -> dict[str, Any]:
    weights = [round(float(w), 4) for w in line.weights]
    return {
        "features": list(PAIRS),
        "weights": weights,
        "bias": round(float(line.bias), 4),
        "threshold": round(threshold, 2),
    }


def main() -> None:
    """Fits both and prints what five folds, and series left out, say of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=folder("").parent / "artefacts")
    out = parser.parse_args().out
    out.mkdir(parents=True, exist_ok=True)
    print(json.dumps({"statuses": fit_statuses(out)}))
    print(json.dumps({"settling": fit_settling(out)}))
    heard = series_material()
    print(json.dumps({"links": fit_links(heard, out)}))
    print(json.dumps({"threads": fit_threads(heard, out)}))


if __name__ == "__main__":
    main()
