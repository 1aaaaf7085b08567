"""Large round numbers as people say and write them: £1,500,000 is £1.5 million.

Ways that hold "and", as "two hundred and fifty thousand", are left out: to look for so common a
word takes longer than all the rest of a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

SCALES = {"million": 1_000_000, "thousand": 1_000, "billion": 1_000_000_000}
_ONES = """nought one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen""".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
Way = tuple[str, ...]


def other_ways(word: str) -> tuple[Way, ...]:
    """A round number of thousands, written in figures, by its scale: in figures and in words."""
    number = word.removesuffix(".00")
    if not number.isascii() or not number.isdigit() or len(number) > len("999000000000"):
        return ()
    for scale, worth in sorted(SCALES.items(), key=lambda pair: -pair[1]):
        whole, rest = divmod(int(number), worth)
        tenths = rest * 10 // worth if worth > SCALES["thousand"] else 0
        if 0 < whole < 1000 and rest == tenths * worth // 10:
            return tuple((*count, scale) for count in _counts(whole, tenths))
    return ()


def _counts(whole: int, tenths: int) -> Iterator[Way]:
    yield (f"{whole}.{tenths}" if tenths else str(whole),)
    said = _in_words(whole)
    if said and tenths:
        yield (*said, "point", _ONES[tenths])
    elif said:
        yield said


def _in_words(number: int) -> Way:
    """A number below a thousand as it is said; nothing where an "and" is said in it."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    last: Way = () if not rest else (_ONES[rest],) if rest < 20 else (_TENS[tens - 2],)
    last += (_ONES[ones],) if rest > 20 and ones else ()
    if not hundreds:
        return last
    return () if last else (_ONES[hundreds], "hundred")


def in_figures(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Numbers with their scale that stand among the words, ``1.5 million``, and in figures."""
    for count, scale in pairwise(words):
        whole, _, part = count.partition(".")
        if scale in SCALES and (whole + part).isascii() and (whole + part).isdigit():
            exact = int(whole + part) * SCALES[scale]
            number, rest = divmod(exact, 10 ** len(part))
            if not rest:
                yield f"{count} {scale}", str(number)
