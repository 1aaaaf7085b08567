"""Whose worry or harm a concern is, where it is said to be somebody's other than the speaker's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from models.findings.deadlines import Span
from models.findings.phrases import Said, lexicon, noun_phrase, said

BEHIND = frozenset("in with of on from across like".split())
# words before and after people who are only talked of
ASIDE = frozenset("with in by between after as or if when than by let enable encourage".split())
ACTING = frozenset(("to",))
SUFFERS = frozenset(
    "are is have has had were was feel feels say says find tell told want need don't aren't "
    "haven't can't cannot won't lose worry fear struggle suffer still".split()
)
OPENS = frozenset("that and but because so chair".split())


def whose(text: str) -> Span | None:
    """The first phrase for people or those who act for them; None where there is none."""
    words = said(text)
    found = next(_people(words), None)
    if found is None:
        return None
    begin, end = found
    return Span(words[begin].start, words[end - 1].end, "people")


def _people(words: Sequence[Said]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(words):
        end = noun_phrase(words, at) if words[at].word != "that" else at
        if end > at and _may_worry(words, at, end):
            yield at, _with_what_follows(words, end)
        at = max(end, at + 1)


def _may_worry(words: Sequence[Said], begin: int, end: int) -> bool:
    head = words[end - 1].word
    before = words[begin - 1].word if begin else ""
    after = words[end].word if end < len(words) else ""
    if head in lexicon()["institutions"]:  # more often the cause than the harmed
        return (not before or before in OPENS) and after in SUFFERS
    return head in lexicon()["people"] and before not in ASIDE and after not in ACTING


def _with_what_follows(words: Sequence[Said], end: int) -> int:
    """ "residents of the estate", "people with disabilities"."""
    if end < len(words) and words[end].word in BEHIND and not words[end - 1].stop:
        further = noun_phrase(words, end + 1)
        if further > end + 1:
            return further
    return end
