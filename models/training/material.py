"""All that the findings model is trained on, in order, with a hash that says what it was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path

from models.training.corpora import committees, invented, seattle, series
from models.training.labelled import Labelled, in_order, read_labelled
from models.training.standoff import join


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the material lies: the benchmarks' folder, and the archive of Seattle's meetings."""

    benchmarks: Path
    seattle: Path

    @property
    def findings(self) -> Path:
        return self.benchmarks / "findings"


@dataclass(frozen=True, slots=True)
class Material:
    """``known`` was labelled by the benchmark's reader; ``more`` by those who read for training."""

    known: tuple[Labelled, ...]
    more: tuple[Labelled, ...]

    def sentences(self, without: Sequence[str] = ()) -> list[Labelled]:
        """Everything in order, without these meetings."""
        left_out = set(without)
        kept = [s for s in (*self.known, *self.more) if s.place.meeting not in left_out]
        return in_order(kept)

    def sha256(self) -> str:
        """One hash of every sentence and label."""
        rows = [json.dumps(asdict(s), sort_keys=True) for s in self.sentences()]
        return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def labels_folder() -> Path:
    """Where the standoff labels lie."""
    return Path(str(files("models.training") / "labels"))


def read_material(sources: Sources) -> Material:
    """Known and further sentences with their labels."""
    known = read_labelled(sources.findings)
    read = [
        *committees(sources.benchmarks / "retrieval" / "corpus.jsonl", known),
        *seattle(sources.seattle),
        *series(sources.benchmarks / "series"),
    ]
    own = invented(Path(str(files("models.training") / "invented")))
    more = [*join(in_order(read), labels_folder()), *own]
    return Material(tuple(known), tuple(in_order(more)))
