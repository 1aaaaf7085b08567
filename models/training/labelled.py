"""Reading a folder of labelled sentences: ``sentences.jsonl`` and, where it is, ``labels.tsv``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matters_arising.errors import BadInputError
from models.findings.features import Place


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence of a benchmark; ``labels`` maps a letter to its span, which may be empty."""

    id: str
    place: Place
    sentence: int
    text: str
    labels: Mapping[str, str] = field(default_factory=dict)


def read_labelled(folder: Path) -> list[Labelled]:
    """The sentences in the order in which they were said, with their labels if there are any."""
    path = folder / "sentences.jsonl"
    if not path.is_file():
        raise BadInputError(f"no sentences.jsonl in {folder}; give the folder that holds one")
    labels = _read_labels(folder / "labels.tsv")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    made = [
        Labelled(
            id=r["id"],
            place=Place(r["meeting"], int(r["turn"]), r["speaker"]),
            sentence=int(r["sentence"]),
            text=r["text"],
            labels=labels.get(r["id"], {}),
        )
        for r in rows
    ]
    return sorted(made, key=lambda s: (s.place.meeting, s.place.turn, s.sentence))


def _read_labels(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    read = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, letters, span = [*line.split("\t"), "", ""][:3]
        parts = span.split(" || ")
        spans = {"R": parts[0], "C": parts[-1]}
        read[name] = {letter: spans.get(letter, "") for letter in letters.split("+")}
    return read


def meetings_in_folds(sentences: Sequence[Labelled], folds: int) -> dict[str, int]:
    """Each meeting's fold: the largest first, each into the smallest fold, ties by name."""
    sizes: dict[str, int] = {}
    for s in sentences:
        sizes[s.place.meeting] = sizes.get(s.place.meeting, 0) + 1
    filled = [0] * folds
    given = {}
    for meeting in sorted(sizes, key=lambda m: (-sizes[m], m)):
        fold = filled.index(min(filled))
        given[meeting] = fold
        filled[fold] += sizes[meeting]
    return given


def folder_sha256(folder: Path) -> str:
    """One hash of sentences and labels, so that an artefact says what it was trained on."""
    whole = hashlib.sha256()
    for name in ("sentences.jsonl", "labels.tsv"):
        whole.update((folder / name).read_bytes())
    return whole.hexdigest()
