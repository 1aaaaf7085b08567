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

from models.following.pairs import PAIRS, Pairs
from models.following.threads import clusters
from models.training import fit_chain
from models.training.sentence_classes import fit, folder, material
from models.training.series_chains import series_chains

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from models.evaluation.series import Heard
    from transcripts.linked import Worry

    Floats = NDArray[np.float32]
    Material = tuple[Sequence[Heard], dict[str, Any]]

STRENGTH, CLAIMED, FEWEST = 2.0, 3.0, 3  # of the statuses, see ``sentence_classes.fit``
SETTLING, SETTLED = 0.6, 20.0  # and of what settles
LINKED = 0.2  # chance; low, as a person confirms
THREADS = 0.3
# with the three other series, whose threads are short, those left out were told no better
THREADED = ("abergarrow", "harrowmere")


def fit_statuses(out: Path) -> dict[str, Any]:
    """Fits what sentences claim became of a recommendation; follow-ups of meetings tell nothing."""
    rows = material("statuses", lambda labels: "F" not in labels)
    kept = out / "statuses.npz"
    return fit(rows, ("status",), kept, strength=STRENGTH, weight=CLAIMED, fewest=FEWEST)


def fit_settling(out: Path) -> dict[str, Any]:
    """Fits what chairs say to settle a proposal; recommendations and decisions tell nothing."""
    rows = material("settlements", lambda labels: not {"F", "R", "D"} & set(labels))
    return fit(rows, ("outcome",), out / "settling.npz", strength=SETTLING, weight=SETTLED)


def series_material() -> dict[str, Material]:
    """The meetings of every invented series, understood, with what they hold, by its name."""
    from models.evaluation.series import hear

    folders = sorted(p for p in folder("series").iterdir() if p.is_dir())
    read = {f.name: (f / "gold.json").read_text(encoding="utf-8") for f in folders}
    return {f.name: (hear(f), json.loads(read[f.name])) for f in folders}


def fit_links(material: Sequence[Material], out: Path) -> dict[str, Any]:
    """Fits the weights of links."""
    made = [series_chains(heard, gold) for heard, gold in material]
    told = [
        _claims_told(chains, fit_chain.fit([c for cs in _without(made, i) for c in cs]))
        for i, chains in enumerate(made)
    ]
    right = sum(so for t in told for so in t.links)
    found = sum(len(t.links) for t in told)
    kept = fit_chain.fit([c for cs in made for c in cs]) | {"threshold": LINKED}
    kept["f1_left_out"] = round(2 * right / max(found + sum(t.wanted for t in told), 1), 3)
    (out / "linking.json").write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return {"meetings": sum(map(len, made)), **_told(kept)}


@dataclass(frozen=True, slots=True)
class ClaimsTold:
    """Whether each link that was made is so, and how many claims are about something.

    Claims that may be about something or not, as those beside an event, are left out.
    """

    links: Sequence[bool]
    wanted: int


def _claims_told(chains: Sequence[fit_chain.Chain], kept: dict[str, Any]) -> ClaimsTold:
    links = [
        bool(chain.truth[t, j])
        for chain in chains
        for t, j, chance in fit_chain.linked(chain, kept)
        if chance >= LINKED and not (chain.truth[t].any() and chain.other[t])
    ]
    return ClaimsTold(links, sum(int((~c.other).sum()) for c in chains))


@dataclass(frozen=True, slots=True)
class Line:
    """A logistic regression over raw features."""

    weights: Floats
    bias: float

    def chances(self, rows: Floats) -> Floats:
        """The chance of each row."""
        return np.asarray(1 / (1 + np.exp(-(rows @ self.weights + self.bias))), dtype=np.float32)


def _fit(tables: Sequence[tuple[Any, ...]], strength: float, weight: str) -> Line:
    """Fitted to scaled features; the scale is folded into the weights."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([t[0] for t in tables])
    truth = np.concatenate([t[1] for t in tables])
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=strength, max_iter=2000, class_weight=weight)
    model.fit((rows - mean) / scale, truth)
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
    every = np.arange(len(worries))
    columns = Pairs(worries).tables(every, every)
    names = np.array(thread)
    same = (names[:, None] == names[None, :]) & (names != "")[:, None]
    return np.stack([columns[name][upper] for name in PAIRS], axis=1), same[upper]


def _left_out(
    material: Sequence[Material], tables: Sequence[tuple[Any, ...]], step: float
) -> float:
    """F1 of pairs in one thread among the concerns that are found, each series by what the others
    taught, all counted together."""
    truth, guessed = [], []
    for i, (heard, gold) in enumerate(material):
        kept = _as_kept(_fit(_without(tables, i), THREADS, "balanced"), step)
        found, thread = _found(heard, gold)
        every = np.arange(len(found))
        number = clusters(Pairs(found).chances(every, every, kept), step)[list(thread)]
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
    print(json.dumps({"links": fit_links([*heard.values()], out)}))
    print(json.dumps({"threads": fit_threads([heard[name] for name in THREADED], out)}))


if __name__ == "__main__":
    main()
