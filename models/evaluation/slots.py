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
    from models.findings.patterns import Hit
    from models.training.labelled import Labelled

FILE = "slots.tsv"
READ = {"R": ("to", "by", "if"), "A": ("who", "what", "by"), "C": ("whose",)}

SOURCES = ("rule", "proposal", "both")

Slots = Mapping[str, Mapping[str, str]]
Proposed = Mapping[tuple[str, str], Mapping[str, tuple[int, int]]]
Pairs = dict[tuple[str, str], list[tuple[str, str]]]


def read_slots(path: Path) -> Slots:
    """By sentence id the words of each slot, by the readers' keys."""
    read = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, slots = line.partition("\t")
        pairs = (part.partition("=") for part in slots.split(" ;; "))
        read[name] = {key.strip(): words for key, _, words in pairs if words}
    return read


def score_slots(
    folder: Path, proposals: Proposed | None = None, source: str = "both"
) -> dict[str, Any] | None:
    """Figures of each slot and of the quotations, labels given; None without ``slots.tsv``.

    ``proposals`` are a model's, by sentence id and label; ``source`` is what is scored: "rule",
    "proposal", or "both" as the finder joins them.
    """
    if not (folder / FILE).is_file():
        return None
    # heavy parts wait until there is something to predict
    from models.findings.patterns import FINDING_FILES, Patterns
    from models.findings.slots import SLOT_FILES
    from models.training.labelled import read_labelled

    if source not in SOURCES:
        raise ValueError(f"source '{source}' is none of {', '.join(SOURCES)}")
    sentences = [s for s in read_labelled(folder) if s.labels]
    patterns = Patterns((*FINDING_FILES, *SLOT_FILES))
    hits = {s.id: patterns.match(s.text) for s in sentences}
    gold, known = read_slots(folder / FILE), proposals or {}
    pairs: Pairs = defaultdict(list)
    spans: dict[str, list[float]] = defaultdict(list)
    for s in sentences:
        for letter in READ.keys() & s.labels.keys():
            quoted = _quoted(letter, s.text, hits[s.id])
            own = known.get((s.id, letter), {})
            told = _told(letter, s.text, hits[s.id], quoted, own, source)
            _pair(pairs, letter, s, gold.get(s.id, {}), told)
            if s.labels[letter]:
                spans[letter].append(token_f1(s.labels[letter], s.text[slice(*quoted)]))
    made = {f"{x}.{key}": _figures(pairs[x, key]) for x, keys in READ.items() for key in keys}
    mean = {x: round(sum(spans[x]) / len(spans[x]), 3) for x in ("C", "R") if spans[x]}
    return made | {"span": mean}


def _pair(
    pairs: Pairs,
    letter: str,
    sentence: Labelled,
    wanted: Mapping[str, str],
    told: Mapping[str, str],
) -> None:
    """Gold beside what was told; a deadline of a sentence that is both counts for its R alone."""
    for key in READ[letter]:
        if not (key == "by" and letter == "A" and "R" in sentence.labels):
            pairs[letter, key].append((wanted.get(key, ""), told.get(key, "")))


def _quoted(letter: str, text: str, hits: Sequence[Hit]) -> tuple[int, int]:
    from models.findings.quotes import quote
    from models.findings.slots import quoted_part

    return quoted_part(text, quote(letter, text, hits))


def _told(
    letter: str,
    text: str,
    hits: Sequence[Hit],
    quoted: tuple[int, int],
    proposals: Mapping[str, tuple[int, int]],
    source: str,
) -> dict[str, str]:
    """The words of the slots of a sentence that has this label, by the readers' keys."""
    from models.findings.slots import KEYS, by_proposal, by_rule, chosen

    if source == "rule":
        found = by_rule(letter, text, hits, quoted)
    elif source == "proposal":
        found = by_proposal(letter, text, proposals)
    else:
        found = chosen(letter, text, hits, quoted, proposals)
    names = {name: key for key, name in KEYS.items()}
    return {names[n]: text[s.start : s.end] for n, s in found.items() if n in names}


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
