"""Labels that stand apart from the words: ids and character positions, no text.

A line of ``labels/*.tsv`` is an id, letters joined by ``+``, and positions such as
``R=10-42 to=0-14``, all of the sentence with that id. ``read.tsv`` names every meeting that was
read, with how many sentences and a hash of their words: a sentence of it without a line was read
and took no label, and words that have changed since are noticed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from matters_arising.errors import BadInputError
from models.training.labelled import Labelled, spans_by_letter

BETWEEN = " ;; "  # slots, where they are written as words


def in_words(sentence: Labelled, letters: str, spans: str, slots: str) -> Labelled:
    """The sentence with labels given as words: ``C+R``, ``span || span``, ``to=the board``."""
    labels = spans_by_letter(letters, spans) if letters else {}
    told = dict(s.split("=", 1) for s in slots.split(BETWEEN) if "=" in s)
    return replace(sentence, labels=labels, slots=told)


def at_positions(sentence: Labelled, letters: str, positions: str) -> Labelled:
    """The sentence with labels given as letters and positions."""
    words = {}
    for part in positions.split():
        name, where = part.split("=")
        start, end = (int(n) for n in where.split("-"))
        words[name] = sentence.text[start:end]
    labels = {letter: words.pop(letter, "") for letter in letters.split("+")}
    return replace(sentence, labels=labels, slots=words)


def as_line(sentence: Labelled) -> str:
    """A labelled sentence as its line; what cannot be found verbatim is a fault of the label."""
    words = {k: v for k, v in {**sentence.labels, **sentence.slots}.items() if v}
    positions = []
    for name, said in words.items():
        start = sentence.text.find(said)
        if start < 0:
            raise BadInputError(f"{sentence.id}: '{said}' does not stand in it")
        positions.append(f"{name}={start}-{start + len(said)}")
    return f"{sentence.id}\t{'+'.join(sorted(sentence.labels))}\t{' '.join(positions)}"


def join(sentences: Sequence[Labelled], folder: Path) -> list[Labelled]:
    """The sentences of meetings that were read, with their labels.

    Raises BadInputError where the words of a meeting are not those that were read.
    """
    lines = [
        line.split("\t")
        for path in sorted(folder.glob("labels-*.tsv"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    labels = {name: (letters, positions) for name, letters, positions in lines}
    as_read = _as_read(folder / "read.tsv")
    kept = [s for s in sentences if s.place.meeting in as_read]
    for meeting, told in words_by_meeting(kept).items():
        if told != as_read[meeting]:
            raise BadInputError(
                f"meeting {meeting} does not hold the words that were labelled "
                f"({told[0]} sentences, {as_read[meeting][0]} were read); give the same edition"
            )
    return [at_positions(s, *labels[s.id]) if s.id in labels else s for s in kept]


def words_by_meeting(sentences: Sequence[Labelled]) -> Mapping[str, tuple[int, str]]:
    """For each meeting how many sentences it has and a hash of their words in order."""
    texts: dict[str, list[str]] = {}
    for s in sentences:
        texts.setdefault(s.place.meeting, []).append(s.text)
    return {
        meeting: (len(said), hashlib.sha256("\n".join(said).encode()).hexdigest()[:16])
        for meeting, said in texts.items()
    }


def _as_read(path: Path) -> dict[str, tuple[int, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {meeting: (int(count), told) for meeting, count, told in rows}
