"""What is to be done, as an infinitive clause cut out of what was said: words are only dropped.

"The police should give every councillor notice" becomes "give every councillor notice". Where that
takes more than dropping words ("the notice is published"), there is no such clause.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.deadlines import Span
from models.findings.phrases import Said, is_verb, noun_phrase, said

DUTY = frozenset("should must ought shall will would could can to 'll needs need has have".split())
BETWEEN = frozenset(
    "to also now just then really urgently immediately simply please at least actually not finally "
    "always formally kindly seriously all either both certainly gladly happily absolutely today "
    "definitely never".split()
)
SUBJECT = 10  # words before the verb; a longer subject is a clause of its own
NOT_AN_ACT = frozenset(("be", "have", "become", "see", "know", "like", "think", "say", "mean"))
STARTS = frozenset("please not never immediately urgently at also".split())


def action(text: str, start: int, end: int) -> Span | None:
    """The infinitive clause within the quoted characters ``[start, end)``; None without one."""
    words = [w for w in said(text) if start <= w.start and w.end <= end]
    at = _verb(words)
    return Span(words[at].start, end, "infinitive") if at is not None else None


def _verb(words: Sequence[Said]) -> int | None:
    if words and _begins(words, 0):
        return 0
    for at in range(min(len(words) - 1, SUBJECT)):
        verb = _after(words, at + 1)
        if words[at].word in DUTY and verb < len(words) and _acts(words, at, verb):
            return at + 1 + _leading(words[at + 1 : verb])
    subject = noun_phrase(words, 0)
    if 0 < subject < len(words) and is_verb(words[subject].word):
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
    first = words[verb].word
    if not is_verb(first) or (first in NOT_AN_ACT and first != "have"):
        return False
    return not any(w.word in ("who", "which", "if", "because", "when") for w in words[:at])
