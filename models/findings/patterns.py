"""Patterns as data: spaCy Matcher patterns in JSON lines, each with an id that a finding can name.

A pattern is matched against words alone: punctuation and fillers ("um") are left out before it
sees a sentence, so that edited captions and bare recognised speech match alike. ``kind`` is
``cue`` (evidence for the label), ``sure`` (enough by itself), ``kill`` (evidence against) or
``veto`` (never, whatever else speaks for it).
``at`` holds a match to the ``start`` of a sentence, after words like "so", or to the ``whole`` of
it. ``span`` says where the quotation begins: ``after`` the match, at its ``last`` word or ``from``
its first. ``value`` is what the pattern means, for outcomes, statuses, slots and rewordings.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

KINDS_OF_PATTERN = ("cue", "sure", "kill", "veto")
AGAINST = ("kill", "veto")
FINDING_FILES = ("concern", "recommendation", "follow-up", "undertaking", "decision")
REMEMBERED = 2_048  # sentences
FILLERS = frozenset(("um", "uh", "er", "erm", "ah", "hm", "hmm", "mm"))
OPENERS = frozenset(
    "so and but well okay ok yes yeah right now also then again chair thank you thanks very much i "
    "think mr mister madam first firstly second secondly finally just really obviously clearly "
    "therefore equally good".split()
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a pattern file."""

    id: str
    label: str
    kind: str
    pattern: tuple[dict[str, Any], ...]
    note: str = ""
    at: str = ""
    span: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS_OF_PATTERN:
            raise ValueError(f"pattern {self.id}: kind '{self.kind}' is none of {KINDS_OF_PATTERN}")

    @property
    def speaks_for(self) -> bool:
        """Whether a hit is evidence for the label rather than against it."""
        return self.kind not in AGAINST

    def needed(self) -> list[frozenset[str]]:
        """For each token that must be there, the words it may be; a cheap test before matching."""
        required = (t for t in self.pattern if not _may_lack(t.get("OP", "1")))
        return [words for t in required if (words := _words_of(t))]


@dataclass(frozen=True, slots=True)
class Hit:
    """A pattern found at characters ``[start, end)`` of a sentence; ``last`` its last word."""

    pattern: Pattern
    start: int
    last: int
    end: int


def _may_lack(op: str) -> bool:
    return op in ("?", "*", "!") or op.startswith("{0,")


def _words_of(token: dict[str, Any]) -> frozenset[str]:
    lower = token.get("LOWER")
    if isinstance(lower, str):
        return frozenset((lower,))
    return frozenset(lower["IN"]) if lower else frozenset()


@lru_cache(maxsize=8)
def load(names: Sequence[str]) -> tuple[Pattern, ...]:
    """The patterns of these files, in order; raises ValueError on an id used twice."""
    folder = files("models") / "patterns"
    rows = [
        json.loads(line)
        for name in names
        for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    patterns = tuple(Pattern(**(row | {"pattern": tuple(row["pattern"])})) for row in rows)
    ids = [p.id for p in patterns]
    if twice := {i for i in ids if ids.count(i) > 1}:
        raise ValueError(f"patterns used twice: {', '.join(sorted(twice))}")
    return patterns


class Patterns:
    """Matches a set of patterns; quick, because most are ruled out by the words alone."""

    def __init__(self, names: Sequence[str] = FINDING_FILES) -> None:
        # spaCy takes seconds to import, so it waits until patterns are wanted
        import spacy
        from spacy.matcher import Matcher

        self.patterns = load(tuple(names))
        self._nlp = spacy.blank("en")
        self._matchers = []
        self._needs: list[int] = []
        self._bits: dict[str, int] = {}
        for pattern in self.patterns:
            matcher = Matcher(self._nlp.vocab)
            matcher.add(pattern.id, [list(pattern.pattern)], greedy="LONGEST")
            self._matchers.append(matcher)
            self._needs.append(self._mask(pattern.needed()))

    def match(self, text: str) -> list[Hit]:
        """Every hit in a sentence, in the order of the patterns; offsets are those of ``text``."""
        words, spans = words_of(text)
        if not words:
            return []
        doc = self._doc(words)
        lower = [w.lower() for w in words]
        seen = 0
        for word in lower:
            seen |= self._bits.get(word, 0)
        opening = next((i for i, w in enumerate(lower) if w not in OPENERS), len(words))
        hits = []
        for pattern, matcher, needs in zip(self.patterns, self._matchers, self._needs, strict=True):
            if needs & seen == needs:
                hits += [
                    Hit(pattern, spans[a][0], spans[b - 1][0], spans[b - 1][1])
                    for _, a, b in matcher(doc)
                    if _in_place(pattern.at, a, b, opening, len(words))
                ]
        return hits

    def _mask(self, needed: Iterable[frozenset[str]]) -> int:
        """One bit a needed token; every word that can be that token carries the bit."""
        mask = 0
        for words in needed:
            bit = 1 << self._next_bit()
            mask |= bit
            for word in words:
                self._bits[word] = self._bits.get(word, 0) | bit
        return mask

    def _next_bit(self) -> int:
        self._used = getattr(self, "_used", -1) + 1
        return self._used

    def _doc(self, words: Sequence[str]) -> Any:
        from spacy.tokens import Doc

        return Doc(self._nlp.vocab, words=list(words))


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> tuple[Sequence[str], Sequence[tuple[int, int]]]:
    """The words that patterns are held to, and the characters of each; fillers are left out.

    A sentence is held to several sets of patterns, one soon after the other.
    """
    # the same length, so that offsets stay those of the text
    plain = text.replace("’", "'").replace("‘", "'")
    kept = [
        t
        for t in _tokenizer()(plain)
        if any(c.isalnum() for c in t.text) and t.lower_ not in FILLERS
    ]
    return [t.text for t in kept], [(t.idx, t.idx + len(t)) for t in kept]


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import spacy  # as for the patterns

    return spacy.blank("en").tokenizer


def _in_place(at: str, start: int, end: int, opening: int, length: int) -> bool:
    if at == "start":
        return start <= opening
    if at == "whole":
        return start <= opening and end >= length - 1
    return True
