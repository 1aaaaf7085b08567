"""Reading a folder of labelled sentences: ``sentences.jsonl`` and, where it is, ``labels.tsv``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matters_arising.errors import BadInputError
from models.findings.features import Place


@dataclass(frozen=True, slots=True)
class Labelled:
    """One sentence; ``labels`` maps a letter to its span, which may be empty.

    ``slots`` are the words of its particulars (to, by, if, what, whose). ``reader`` is 0 for the
    benchmark's own reader, who marked no slots, and 1 for those who read for training.
    """

    id: str
    place: Place
    sentence: int
    text: str
    labels: Mapping[str, str] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    reader: int = 0


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
    return in_order(made)


def in_order(sentences: Sequence[Labelled]) -> list[Labelled]:
    """Meeting by meeting, as they were said."""
    return sorted(sentences, key=lambda s: (s.place.meeting, s.place.turn, s.sentence))


def _read_labels(path: Path) -> dict[str, dict[str, str]]:
    if not path.is_file():
        return {}
    read = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, letters, span = [*line.split("\t"), "", ""][:3]
        read[name] = spans_by_letter(letters, span)
    return read


def spans_by_letter(letters: str, spans: str) -> dict[str, str]:
    """``"C+R", "R's words || C's words"`` as a mapping; letters other than C and R have no span."""
    parts = spans.split(" || ")
    told = {"R": parts[0], "C": parts[-1]}
    return {letter: told.get(letter, "") for letter in letters.split("+")}


def meetings_in_folds(sentences: Sequence[Labelled], folds: int) -> dict[str, int]:
    """Each meeting's fold: families apart, each dealt out to and fro from its largest meeting."""
    sizes: dict[str, int] = {}
    for s in sentences:
        sizes[s.place.meeting] = sizes.get(s.place.meeting, 0) + 1
    given = {}
    for family in sorted({family_of(m) for m in sizes}):
        members = sorted((m for m in sizes if family_of(m) == family), key=lambda m: (-sizes[m], m))
        for i, meeting in enumerate(members):
            back, place = divmod(i, folds)
            given[meeting] = place if back % 2 == 0 else folds - 1 - place
    return given


def family_of(meeting: str) -> str:
    """The body whose meeting it is: what stands before the first underscore."""
    return meeting.split("_")[0]
