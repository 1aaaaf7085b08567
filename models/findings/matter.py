"""What a concern or recommendation is about: a short noun phrase of its own words.

Of the phrases in a quotation the one is taken whose words come up most in the talk around it: what
an agenda item is about is said again and again.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from models.findings.deadlines import Span
from models.findings.features import stem
from models.findings.phrases import Said, any_verb, lexicon, noun_phrase, said

SHORTEST = 4  # letters of a word that says what something is about
LONGEST = 4  # words
EACH_MORE = 0.25  # how much each further word of a phrase adds
VAGUE = frozenset(
    "thing things lot way ways kind sort point points time times day days week weeks month months "
    "year years something issue issues question questions matter problem case part number numbers "
    "chair councillor member members committee meeting bit place situation reason fact example "
    "moment course right minister mister government evening morning order area level back man men "
    "agenda item first second third different same sorry early late long short troubles new "
    "good bad great big small little clear important real whole own available possible able sure "
    "worry worried concern concerned concerns nobody wrong difficult hard better best worse".split()
)


class Matters:
    """Knows how often each word is said in each agenda item of one meeting."""

    def __init__(self, texts: Sequence[str], items: Sequence[str]) -> None:
        self._by_item: dict[str, Counter[str]] = {}
        for text, item in zip(texts, items, strict=True):
            self._by_item.setdefault(item, Counter()).update(set(_stems(said(text))))
        self._in_items = Counter(w for words in self._by_item.values() for w in words)

    def matter(
        self, text: str, item: str, quoted: tuple[int, int], taken: Iterable[Span] = ()
    ) -> Span | None:
        """The phrase within ``quoted`` that is most talked of; ``taken`` are other slots' words."""
        words = [w for w in said(text) if quoted[0] <= w.start and w.end <= quoted[1]]
        aside = [(s.start, s.end) for s in taken]
        best, score = None, 0.0
        for begin, end in _phrases(words):
            span = Span(words[begin].start, words[end - 1].end, "matter")
            weight = self._weight(words[begin:end], item)
            if weight > score and not any(a < span.end and span.start < b for a, b in aside):
                best, score = span, weight
        return best

    def _weight(self, words: Sequence[Said], item: str) -> float:
        counts = self._by_item.get(item, Counter())
        stems = _stems(words)
        if not stems:
            return 0.0
        items = len(self._by_item)
        each = [
            math.log(1 + counts[w]) * math.log(1 + items / max(self._in_items[w], 1)) for w in stems
        ]
        return sum(each) / len(each) * (1 + EACH_MORE * (len(stems) - 1))


def _stems(words: Sequence[Said]) -> list[str]:
    lists = lexicon()
    ignored = lists["function"] | lists["determiners"] | VAGUE
    return [
        stem(w.word)
        for w in words
        if w.word not in ignored and len(w.word) >= SHORTEST and w.word.isalpha()
    ]


def _phrases(words: Sequence[Said]) -> list[tuple[int, int]]:
    """Short noun phrases without their determiners and numbers."""
    found, at = [], 0
    while at < len(words):
        end = noun_phrase(words, at)
        begin = at
        while begin < end and _leads(words[begin].word):
            begin += 1
        last = words[end - 1].word if end else ""
        if begin < end <= begin + LONGEST and last not in VAGUE and not last.endswith("ly"):
            found.append((begin, end))
        at = max(end, at + 1)
    return found


def _leads(word: str) -> bool:
    lists = lexicon()
    verb = any_verb(word) and word not in lists["nouns_too"]
    return word in lists["determiners"] or word.isdigit() or verb
