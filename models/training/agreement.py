"""How far two readers agree on the sentences that were read twice, neither seeing the other.

    python -m models.training.agreement --findings DIR

750 of them are the benchmark's own, read again blind; the others were read twice for training.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

from models.findings.network import LABELS
from models.training.labelled import read_labelled
from models.training.material import labels_folder

Letters = Mapping[str, frozenset[str]]


def main() -> None:
    """Prints F1 between readers by label, for both kinds of sentences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=Path, default=Path("../shared/benchmarks/findings"))
    given = parser.parse_args()
    known = {s.id: frozenset(s.labels) for s in read_labelled(given.findings)}
    print(json.dumps(agreement(labels_folder(), known), indent=1))


def agreement(folder: Path, known: Letters) -> dict[str, dict[str, object]]:
    """F1 by label against the benchmark's reader, and between the two readings for training."""
    first = _letters(*sorted(folder.glob("labels-*.tsv")))
    second = _letters(folder / "second.tsv")
    benchmark = [i for i in second if i in known]
    further = [i for i in second if i not in known]
    return {
        "with the benchmark's reader": _figures({i: known[i] for i in benchmark}, second),
        "between readers": _figures({i: first.get(i, frozenset()) for i in further}, second),
    }


def _figures(one: Letters, other: Letters) -> dict[str, object]:
    told: dict[str, object] = {"sentences": len(one)}
    for label in LABELS:
        both = sum(label in one[i] and label in other[i] for i in one)
        either = sum((label in one[i]) + (label in other[i]) for i in one)
        told[label] = round(2 * both / either, 3) if either else None
    return told


def _letters(*paths: Path) -> dict[str, frozenset[str]]:
    rows = (row.split("\t") for p in paths for row in p.read_text(encoding="utf-8").splitlines())
    return {row[0]: frozenset(x for x in row[1].split("+") if x) for row in rows}


if __name__ == "__main__":
    main()
