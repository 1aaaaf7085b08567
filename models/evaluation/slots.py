"""How well the particulars of findings are told, on sentences whose labels are given.

``slots.tsv`` holds an id and the slots of that sentence, ``to=the cabinet ;; by=by March``. A slot
counts as found where any of its words is found; the token F1 is over those found.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from models.evaluation.overlap import token_f1

if TYPE_CHECKING:
    from models.training.labelled import Labelled

FILE = "slots.tsv"
READ = {"R": ("to", "by", "if"), "A": ("who", "what", "by"), "C": ("whose",)}

Slots = Mapping[str, Mapping[str, str]]


def read_slots(path: Path) -> Slots:
    """By sentence id the words of each slot, by the readers' keys."""
    read = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, slots = line.partition("\t")
        pairs = (part.partition("=") for part in slots.split(" ;; "))
        read[name] = {key.strip(): words for key, _, words in pairs if words}
    return read


def score_slots(folder: Path) -> dict[str, Any] | None:
    """Figures of each slot and of the quotations, labels given; None without ``slots.tsv``."""
    if not (folder / FILE).is_file():
        return None
    # heavy parts wait until there is something to predict
    from models.findings.patterns import FINDING_FILES, Patterns
    from models.findings.slots import SLOT_FILES
    from models.training.labelled import read_labelled

    sentences = [s for s in read_labelled(folder) if s.labels]
    patterns = Patterns((*FINDING_FILES, *SLOT_FILES))
    hits = [patterns.match(s.text) for s in sentences]
    return figures(sentences, hits, read_slots(folder / FILE))


def figures(sentences: Sequence[Labelled], hits: Sequence[Any], gold: Slots) -> dict[str, Any]:
    """Per label and slot gold, precision, recall and token F1; per label the span's token F1."""
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    spans: dict[str, list[float]] = defaultdict(list)
    for sentence, found in zip(sentences, hits, strict=True):
        for letter in READ.keys() & sentence.labels.keys():
            quoted, told = predicted(letter, sentence.text, found)
            wanted = gold.get(sentence.id, {})
            for key in READ[letter]:
                if not (key == "by" and letter == "A" and "R" in sentence.labels):
                    pairs[letter, key].append((wanted.get(key, ""), told.get(key, "")))
            if sentence.labels[letter]:
                spans[letter].append(token_f1(sentence.labels[letter], quoted))
    made: dict[str, Any] = {
        f"{letter}.{key}": _figures(pairs[letter, key])
        for letter, keys in READ.items()
        for key in keys
    }
    mean = {x: round(sum(spans[x]) / len(spans[x]), 3) for x in ("C", "R") if spans[x]}
    return made | {"span": mean}


def predicted(letter: str, text: str, hits: Sequence[Any]) -> tuple[str, dict[str, str]]:
    """The quotation and the slots of a sentence that has this label, by the readers' keys."""
    from models.findings.quotes import quote
    from models.findings.slots import KEYS, by_rule

    quoted = quote(letter, text, hits)
    start = text.index(quoted)
    found = by_rule(letter, text, hits, (start, start + len(quoted)))
    keys = {name: key for key, name in KEYS.items()}
    told = {keys[n]: text[s.start : s.end] for n, s in found.items() if n in keys}
    return quoted, told


def _figures(pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    overlaps = [token_f1(_plain(a), _plain(b)) for a, b in pairs if a and b]
    hit = [o for o in overlaps if o]
    given, wanted = sum(1 for _, b in pairs if b), sum(1 for a, _ in pairs if a)
    return {
        "gold": wanted,
        "precision": round(len(hit) / given, 3) if given else 0.0,
        "recall": round(len(hit) / wanted, 3) if wanted else 0.0,
        "token_f1": round(sum(hit) / len(hit), 3) if hit else 0.0,
    }


def _plain(words: str) -> str:
    """Without articles: readers give or leave them as they like."""
    bare = re.sub(r"\b(?:the|an?)\b", " ", words, flags=re.IGNORECASE)
    return bare if bare.strip() else words
