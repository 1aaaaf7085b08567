"""What is to be done, as an infinitive clause cut out of what was said: words are only dropped.

"The police should give every councillor notice" becomes "give every councillor notice". Where that
takes more than dropping words ("the notice is published"), there is no such clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.deadlines import Span
from models.findings.phrases import Said, any_verb, is_verb, noun_phrase, said

DUTY = frozenset("should must ought shall will could can to 'll needs need has have".split())
BETWEEN = frozenset(
    "to also now just then really urgently immediately simply please at least actually not finally "
    "always formally kindly seriously all either both certainly gladly happily absolutely today "
    "definitely never".split()
)
SHORTEST = 3  # words of a clause that says something by itself
SUBJECT = 10  # words before the verb; a longer subject is a clause of its own
NOT_AN_ACT = frozenset(("be", "have", "become", "see", "know", "like", "think", "say", "mean"))
CLAUSES = frozenset("who which if because when there".split())
OWING = frozenset("needs need has have ought".split())
THINGS = frozenset("action time role need support money way".split())
ASKING = frozenset(
    "ask asks asking asked call calls calling urge urges urging want wants wish request requests "
    "like encourage encourages invite expect expects council trust board state house force".split()
)
IS = frozenset("is are was were be will do does don't can could would".split())
STARTS = frozenset("please not never immediately urgently at also".split())


def action(text: str, start: int, end: int) -> Span | None:
    """The infinitive clause within the quoted characters ``[start, end)``; None without one."""
    words = [w for w in said(text) if start <= w.start and w.end <= end]
    at = _verb(words)
    if at is None or len(words) - at < SHORTEST:
        return None
    return Span(words[at].start, end, "infinitive")


def _verb(words: Sequence[Said]) -> int | None:
    if words and _begins(words, 0):
        return 0
    for at in range(min(len(words) - 1, SUBJECT)):
        verb = _after(words, at + 1)
        if words[at].word in DUTY and verb < len(words) and _acts(words, at, verb):
            return at + 1 + _leading(words[at + 1 : verb])
    subject = noun_phrase(words, 0)
    if 0 < subject < len(words) and is_verb(words[subject].word):
        if words[subject].word == "back":  # of "the director reports back" the verb is another
            return None
        return subject if words[subject].word not in NOT_AN_ACT else None
    return None


def _begins(words: Sequence[Said], at: int) -> bool:
    verb = at
    while verb < len(words) and words[verb].word in STARTS:
        verb += 1
    if verb >= len(words) or not is_verb(words[verb].word):
        return False
    return not (verb + 1 < len(words) and words[verb + 1].word in ("should", "must", "is", "are"))


def _after(words: Sequence[Said], at: int) -> int:
    while at < len(words) and words[at].word in BETWEEN:
        at += 1
    return at


def _leading(between: Sequence[Said]) -> int:
    """How many words between duty and verb are dropped: "to", but not "not" or "urgently"."""
    return sum(1 for w in between if w.word == "to")


def _acts(words: Sequence[Said], at: int, verb: int) -> bool:
    first, before = words[verb].word, [w.word for w in words[:at]]
    if not is_verb(first) or (first in NOT_AN_ACT and first != "have"):
        return False
    if any(w in CLAUSES for w in before):
        return False
    if words[at].word != "to":
        return words[at].word not in OWING or "to" in (w.word for w in words[at + 1 : verb])
    return at > 0 and (before[-1] in OWING or not any(_tells(w) for w in before))


def _tells(word: str) -> bool:
    """Whether a word before "to" makes it a purpose: "we need data to protect people"."""
    return word not in ASKING and (word in IS or word in THINGS or any_verb(word))
