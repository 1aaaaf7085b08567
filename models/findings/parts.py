"""Several recommendations in one sentence, each with words of its own.

"Publish the protocol and send it to members, and that the cabinet member report back in March" are
three; "review and publish the policy" is one, because its verbs share one object. A clause within
an action ("ensure that schools open and stay open") is never cut.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.findings.phrases import Said, any_verb, is_verb, lexicon, noun_phrase, said
from models.findings.quotes import TRAILING

FEWEST = 3  # words of a part
SUBJECT = 9  # words from the beginning of a part to its verb
NESTED = frozenset("that which who whom whose to so if how whether where when what because".split())
OBJECTS = frozenset("it them that this these those us him her all both everyone back".split())
JOINED = frozenset(("and",))
BEFORE_VERB = frozenset("also then to please not urgently immediately".split())
RIGHT_THING = ["the", "right", "thing"]  # "do the right thing and …" says nothing by itself
MODALS = frozenset("should must shall will would ought be is are".split())


def parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The characters of each recommendation within the quoted ``[start, end)``; mostly one."""
    words = [w for w in said(text) if start <= w.start and w.end <= end]
    cuts = _cuts(words)
    begins = [start, *(words[begin].start for _, begin in cuts)]
    ends = [*(words[at].start for at, _ in cuts), end]
    return [(a, _trimmed(text, a, b, end)) for a, b in zip(begins, ends, strict=True)]


def _trimmed(text: str, begin: int, last: int, end: int) -> int:
    """Where a part ends without the stops and courtesies before the next one."""
    if last == end:
        return end
    found = TRAILING.search(text[begin:last])
    return begin + found.start() if found else last


def _cuts(words: Sequence[Said]) -> list[tuple[int, int]]:
    """Before which word each part ends, and with which the next begins."""
    cuts: list[tuple[int, int]] = []
    begin = 0
    for at in range(1, len(words) - FEWEST):
        if words[at].word not in JOINED:
            continue
        follows = _clause(words, begin, at) or _verb(words, begin, at)
        if follows and at - begin >= FEWEST and len(words) - follows >= FEWEST:
            cuts.append((at, follows))
            begin = follows
    return cuts


def _clause(words: Sequence[Said], begin: int, at: int) -> int:
    """ "and that the notice is published": where the clause begins, 0 if none does."""
    if words[at + 1].word != "that" or at + 2 >= len(words):
        return 0
    subject = noun_phrase(words, at + 2)
    if subject == at + 2 or subject >= len(words):
        return 0
    verb = words[subject].word
    own = any(any_verb(w.word) or w.word in MODALS for w in words[begin:at])
    return at + 2 if own and (verb in MODALS or any_verb(verb)) else 0


def _verb(words: Sequence[Said], begin: int, at: int) -> int:
    """ "… the protocol and send it to members": where the second action begins, 0 if none does."""
    verb = at + 1
    while verb < len(words) and words[verb].word in BEFORE_VERB:
        verb += 1
    first = _first_verb(words, begin, at)
    if first is None or verb + 1 >= len(words) or not is_verb(words[verb].word):
        return 0
    between = words[first + 1 : at]
    if [w.word for w in between] == RIGHT_THING:
        return 0
    if len(between) < 2 or any(w.word in NESTED for w in between[:-1]) or not _object(words, first):
        return 0
    return verb if words[verb + 1].word in OBJECTS | lexicon()["determiners"] else 0


def _first_verb(words: Sequence[Said], begin: int, at: int) -> int | None:
    """The verb of action of the part so far, in its base form."""
    if is_verb(words[begin].word):
        return begin
    for i in range(begin, min(at, begin + SUBJECT)):
        if words[i].word in NESTED and words[i].word != "to":
            return None
        after_duty = i > begin and (words[i - 1].word in MODALS or words[i - 1].word == "to")
        if is_verb(words[i].word) and (after_duty or noun_phrase(words, begin) == i):
            return i
    return None


def _object(words: Sequence[Said], verb: int) -> bool:
    """Whether the verb has an object of its own."""
    return any(
        w.word in OBJECTS or noun_phrase(words, verb + 1 + i) > verb + 1 + i
        for i, w in enumerate(words[verb + 1 : verb + 4])
    )
