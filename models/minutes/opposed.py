"""Where minutes say something else than was said in nearly the same words.

"At the food bank" for "away from the food bank", fourteen days for seven: likeness of meaning and
of words is as high as ever, and the one is the opposite of the other. Such a pair is left to a
person. Words that are left open here only make fewer pairs certain, never other ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from models.minutes.content import TRADE

# a wording that has one of these and one that has none do not say the same
TURNING = (
    frozenset("not no never cannot neither nor none without".split()),
    frozenset("away outside elsewhere".split()),
    frozenset("against oppose opposes opposed reject rejects rejected refuse refuses".split()),
    frozenset("except unless excluding".split()),
)
# one of the first where the other wording has one of the second
CONTRARY = tuple(
    (frozenset(one.split()), frozenset(other.split()))
    for one, other in (
        ("before prior ahead", "after following afterwards"),
        ("stop stops cease end ends halt remove suspend scrap", "keep retain maintain continue"),
        ("increase raise more expand extend longer", "reduce cut fewer less decrease shorter"),
        ("open opens reopen", "close closes closed shut"),
        ("at in inside near into to", "away outside from off"),
        ("least minimum", "most maximum"),
    )
)
UNITS = "zero one two three four five six seven eight nine ten eleven twelve".split() + [
    f"{stem}teen" for stem in "thir four fif six seven eigh nine".split()
]
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {word: str(n) for n, word in enumerate(UNITS)} | {
    word: str(n) for n, word in zip(range(20, 100, 10), TENS, strict=True)
}
SPANS = {"fortnight": "14", "fortnightly": "14"}
DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june "
    "july august september october november december".split()
)  # "may" is no day in most sentences
SHORT, STEM, NEAR = 4, 5, 0.6  # letters of a telling word, of its stem, share that was said
COMPOUND = re.compile(rf"\b({'|'.join(TENS)})[ -]({'|'.join(UNITS[1:10])})\b")
REFERENCE = re.compile(r"\b[A-Z]{2,8}/\d{4}-\d{2}/\d{1,4}\b")
YEAR = re.compile(r"(?:19|20)\d\d")  # minutes add it to a day that was said without
WORD = re.compile(r"[a-z]+|\d+(?:[.,]\d+)*")
NOT_JOINED = re.compile(r"n't\b")


def opposed(minuted: str, said: Sequence[str]) -> bool:
    """Whether a minuted wording may say otherwise than what was said, the last wording first."""
    words, last = _words(minuted), _words(said[0])
    every = frozenset[str]().union(*map(_words, said))
    if _figures(words) - _figures(every):
        return True
    near = _near(words, every)
    for group in TURNING:
        if group & words and not group & every:
            return True
        # "don't shut it" may be "keep it open"; in the same words it may not be left out
        if near and group & last and not group & words:
            return True
    if bool(TURNING[0] & words) != bool(TURNING[0] & last):
        return False  # "keep it open" is what "don't shut it" says
    return any(_contrary(words, last, *pair) for pair in (*CONTRARY, *_turned()))


def _near(words: frozenset[str], said: frozenset[str]) -> bool:
    """Whether most words of the minutes were said, apart from those of their trade."""
    telling = {w for w in words if len(w) >= SHORT} - TRADE
    shared = {w for w in telling if any(s[:STEM] == w[:STEM] for s in said)}
    return len(shared) >= NEAR * len(telling)


def _turned() -> Iterable[tuple[frozenset[str], frozenset[str]]]:
    return ((other, one) for one, other in CONTRARY)


def _contrary(
    words: frozenset[str], last: frozenset[str], one: frozenset[str], other: frozenset[str]
) -> bool:
    """One side has a word of the first and none of the second, the other the other way round."""
    here = bool(one & words) and not other & words
    return here and bool(other & last) and not one & last


def _figures(words: frozenset[str]) -> frozenset[str]:
    told = {NUMBERS.get(w, SPANS.get(w, w)) for w in words}
    return frozenset(w for w in told if (w[0].isdigit() or w in DAYS) and not YEAR.fullmatch(w))


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    plain = REFERENCE.sub(" ", text).lower().replace("’", "'")
    plain = COMPOUND.sub(lambda found: str(int(NUMBERS[found[1]]) + int(NUMBERS[found[2]])), plain)
    return frozenset(WORD.findall(NOT_JOINED.sub(" not", plain)))
