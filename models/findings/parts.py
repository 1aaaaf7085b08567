"""Several recommendations in one sentence, each with words of its own.

"Publish the protocol and send it to members, and that the cabinet member report back in March" are
three, as are "first, that …; second, that …; and third, that …" and what several offices should
each do; "review and publish the policy" is one, because its verbs share one object. A clause within
an action ("ensure that schools open and stay open") is never cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from models.findings.addressee import OBJECTS, OFFICE
from models.findings.cues import stretches
from models.findings.phrases import Said, any_verb, is_verb, lexicon, noun_phrase, said
from models.findings.quotes import TRAILING

FEWEST = 3  # words of a part
SUBJECT = 9  # words from the beginning of a part to its verb
NESTED = frozenset("that which who whom whose to so if how whether where when what because".split())
COUNTED = frozenset("first second third fourth firstly secondly thirdly finally lastly".split())
DUTY = frozenset("should must ought shall".split())
BEFORE_VERB = frozenset("also then to please not urgently immediately".split())
RIGHT_THING = ["the", "right", "thing"]  # "do the right thing and …" says nothing by itself
MODALS = frozenset("should must shall will would ought be is are".split())


def asked_parts(text: str, quoted: tuple[int, int]) -> list[tuple[int, int]]:
    """The characters of each recommendation of a sentence, of which ``quoted`` is found already.

    A quotation that holds only one of several leaves its others to be cut out of the sentence.
    """
    made: list[tuple[int, int]] = []
    for stretch in stretches(text, "R", quoted):
        first, last = quoted
        if not stretch.start <= first < stretch.end:
            made += parts(text, stretch.start, stretch.end)
            continue
        whole = parts(text, stretch.start, stretch.end)
        if len(whole) == 1 or first < whole[0][1]:
            whole = parts(text, first, stretch.end)
        if len(whole) == 1:
            made.append((first, min(last, stretch.end)))
            continue
        ends = last if whole[-1][0] < last <= stretch.end else whole[-1][1]
        made += [*whole[:-1], (whole[-1][0], ends)]
    return made


def promised_parts(text: str, quoted: tuple[int, int]) -> list[tuple[int, int]]:
    """The characters of each promise of a sentence: "I will … and Rachel will …"."""
    first, last = quoted
    return [
        (first, min(last, s.end)) if s.start <= first < s.end else (s.start, s.end)
        for s in stretches(text, "A", quoted)
    ]


def parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The characters of each recommendation within the quoted ``[start, end)``; mostly one."""
    words = [w for w in said(text) if start <= w.start and w.end <= end]
    cuts = _cuts(text, words)
    begins = [start, *(words[begin].start for _, begin in cuts)]
    ends = [*(words[at].start for at, _ in cuts), end]
    return [(a, _trimmed(text, a, b, end)) for a, b in zip(begins, ends, strict=True)]


def _trimmed(text: str, begin: int, last: int, end: int) -> int:
    """Where a part ends without the stops and courtesies before the next one."""
    if last == end:
        return end
    found = TRAILING.search(text[begin:last])
    return begin + found.start() if found else last


def _cuts(text: str, words: Sequence[Said]) -> list[tuple[int, int]]:
    """Before which word each part ends, and with which the next begins."""
    cuts: list[tuple[int, int]] = []
    begin = 0
    for at in range(1, len(words) - FEWEST):
        joined = words[at].word == "and"
        after = at + joined
        between = text[words[at - 1].end : words[at].start]
        apart = ";" in between
        stop = apart or "," in between or words[at].word in COUNTED
        follows = _clause(words, begin, at, after) if joined or stop else 0
        if joined or apart:
            follows = follows or _another(words, begin, at, after)
        if joined:
            follows = follows or _verb(words, begin, at)
        if follows and at - begin >= FEWEST and len(words) - follows >= FEWEST:
            cuts.append((at, follows))
            begin = follows
    return cuts


def _clause(words: Sequence[Said], begin: int, at: int, after: int) -> int:
    """ "and that the notice is published": where the clause begins, 0 if none does."""
    while after < len(words) and words[after].word in COUNTED:
        after += 1
    if after + 1 >= len(words) or words[after].word != "that":
        return 0
    nested = any(w.word == "that" and any_verb(v.word) for v, w in pairwise(words[begin:at]))
    return after + 1 if not nested and _own(words, begin, at) and _acts(words, after + 1) else 0


def _another(words: Sequence[Said], begin: int, at: int, after: int) -> int:
    """ "and the police should patrol", "and the cabinet member publish the report": where an office
    of its own is asked, 0 if none is."""
    verb = _acts(words, after)
    if not verb or not _office(words, after, verb) or not _own(words, begin, at):
        return 0
    if words[verb].word in DUTY:
        return after
    objects = OBJECTS | lexicon()["determiners"]
    has_object = verb + 1 < len(words) and words[verb + 1].word in objects
    simple = not any(w.word in NESTED for w in words[begin:at])
    return after if simple and has_object and words[verb].word not in MODALS else 0


def _own(words: Sequence[Said], begin: int, at: int) -> bool:
    """Whether the part so far has a verb."""
    return any(any_verb(w.word) or w.word in MODALS for w in words[begin:at])


def _office(words: Sequence[Said], begin: int, end: int) -> bool:
    return bool(OFFICE.fullmatch(" ".join(w.word for w in words[begin:end])))


def _acts(words: Sequence[Said], begin: int) -> int:
    """The number of the verb of a clause with a subject of its own, 0 if it is none.

    "The council funds" may be a phrase; an office that is followed by a verb does something.
    """
    subject = noun_phrase(words, begin)
    for verb in range(begin + 1, min(subject + 1, len(words))):
        known = words[verb].word in MODALS or any_verb(words[verb].word)
        if known and (verb == subject or _office(words, begin, verb)):
            return verb
    return 0


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
