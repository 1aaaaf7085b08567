"""Nested lists of a resolution: numbers tell the levels, and a stem belongs to what it opens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.minutes_from.labels import bare, style, value

SHORT = 5  # words: entries all as short as this are things, not acts
INLINE = re.compile(r"(?:(?<=^)|(?<=[\s:;,]))(\((?:\d{1,2}|[a-z]|[ivx]{1,5})\)|\d{1,2}[.)])(?=\s)")
TRAILING = re.compile(r"[\s,;]*(?:[;,]\s*(?:and|or))?[\s;,]*$")
OPENS = re.compile(r"(?:[:–—-]|\b(?:to|that|That|by|following))\s*$")
ACTS = re.compile(r";\s*(?:and\s+)?(?=(?:that|to)\s)|(?<=[.)])\s+(?=That\s)")
NOTES_AND = re.compile(
    r"^((?:that |That |to |To )?.{0,160}?\b(?:noted?|received?)\b.*?)[;,]?\s+and\s+"
    r"(?=(?:that|to|request|ask|recommend)\b)(.+)$",
    re.DOTALL,
)


@dataclass(slots=True)
class Entry:
    """An entry of a list while it is read; ``style`` says what counts it."""

    label: str
    text: str
    style: str = ""
    number: int = 0
    entries: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Told:
    """One point: its number as printed, what stands before its list, its own words."""

    label: str
    lead: str
    text: str


def told_of(lead: str, entries: Sequence[tuple[str, str]]) -> list[Told]:
    """The points of a list as read: (label, words) in order, ``lead`` before them."""
    roots = _nested(entries)
    return [point for entry in roots for point in _points(entry, lead, "")]


def inline(text: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands before a list within a paragraph, and its entries; none where it holds none."""
    found = list(INLINE.finditer(text))
    for first in found:
        chain = _chain(found, first)
        if len(chain) > 1:
            ends = [*(m.start() for m in chain[1:]), len(text)]
            entries = [
                (m[1], text[m.end() : end].strip()) for m, end in zip(chain, ends, strict=True)
            ]
            return text[: first.start()].strip(), entries
    return text, []


def acts(text: str) -> list[str]:
    """Several acts in one sentence: "that it be noted; and that officers report back"."""
    parts = [p.strip() for p in ACTS.split(text) if p.strip()]
    out = []
    for part in parts:
        found = NOTES_AND.match(part)
        out += [found[1].strip(), found[2].strip()] if found else [part]
    return out


def trimmed(text: str) -> str:
    """Without the "; and" that leads on to the next point."""
    return TRAILING.sub("", text)


def _chain(found: Sequence[re.Match[str]], first: re.Match[str]) -> list[re.Match[str]]:
    kind = style(first[1])
    if value(first[1], kind) != 1:
        return []
    chain = [first]
    for match in found:
        follows = match.start() > chain[-1].start() and _shape(match[1]) == _shape(first[1])
        if follows and value(match[1], kind) == len(chain) + 1:
            chain.append(match)
    return chain


def _shape(label: str) -> str:
    return re.sub(r"\w+", "", label)


def _nested(entries: Sequence[tuple[str, str]]) -> list[Entry]:
    roots: list[Entry] = []
    open_: list[Entry] = []
    for label, text in entries:
        made = _placed(label, text, open_)
        del open_[_depth(made, open_) :]
        (open_[-1].entries if open_ else roots).append(made)
        open_.append(made)
    return roots


def _placed(label: str, text: str, open_: Sequence[Entry]) -> Entry:
    kind = style(label) if label else ""
    before = next((e for e in reversed(open_) if e.style == "alpha"), None)
    # after (h) comes (i), the letter; after (a) comes (i), the Roman one
    if kind == "roman" and before is not None and len(bare(label)) == 1:
        letter = value(label, "alpha")
        opened = any(e.style == "roman" for e in open_)
        kind = "alpha" if letter == before.number + 1 and not opened else kind
    return Entry(label, text, kind, value(label, kind) if kind else 0)


def _depth(made: Entry, open_: Sequence[Entry]) -> int:
    """How many of the open entries it stands under."""
    if not made.style:
        return 0
    if made.style == "dotted":
        above = [n for n, e in enumerate(open_, 1) if _begins(made.label, e.label)]
        return above[-1] if above else 0
    beside = next((n for n, e in enumerate(open_) if e.style == made.style), None)
    if beside is not None:
        return beside
    opens = made.number == 1 or made.style == "bullet"
    return len(open_) if opens and open_ and open_[-1].style else 0


def _begins(label: str, other: str) -> bool:
    """Whether ``1.2`` stands under ``1``."""
    return bool(other) and bare(label).startswith(bare(other) + ".")


def _points(entry: Entry, lead: str, label: str) -> list[Told]:
    own = "" if entry.style == "bullet" else bare(entry.label)
    number = f"{label}({own})" if label and own else own or label
    if not entry.entries:
        return [Told(number, lead, part) for part in _parts(entry.text)]
    if all(len(e.text.split()) <= SHORT and not e.entries for e in entry.entries):
        listed = " ".join(f"{e.label} {e.text}".strip() for e in entry.entries)
        return [Told(number, lead, f"{entry.text} {listed}")]
    opens = bool(OPENS.search(entry.text)) or not entry.text.rstrip().endswith(".")
    before = f"{lead} {entry.text}".strip() if opens else lead
    own_points = [] if opens else [Told(number, lead, entry.text)]
    return own_points + [p for e in entry.entries for p in _points(e, before, number)]


def _parts(text: str) -> list[str]:
    return [t for t in (trimmed(part) for part in acts(text)) if t]
