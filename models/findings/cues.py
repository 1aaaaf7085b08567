"""Where a further recommendation, promise or worry begins within one sentence.

Speech as recognised has no stops, so that a whole turn may be one sentence: "… by the end of july i
also recommend that …". Each stretch is what one cue begins; words of one are no part of another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.findings.addressee import OFFICE
from models.findings.phrases import any_verb, is_verb, lexicon, said
from models.findings.quotes import TRAILING

FEWEST = 3  # words of a stretch
_JOIN = r"(?:\b(?P<join>and|but|so)\s+)?"
_WILL_DO = r"\s+(?:also\s+|then\s+)?(?P<verb>\w+)\s+(?P<next>\w+)"
CUES = (
    (
        "R",
        _JOIN + r"\b(?:i|we)\b(?:\s+(?:would|also|further|therefore|then|like to))*\s+"
        r"(?:recommend|propose|move|suggest|urge|request|ask)\b"
        r"(?:\s+(?:the following|\w+\s+things?)\b)?(?:[\s,:]+first(?:ly)?\b)?"
        r"(?:[\s,:]+that\s+|[\s,:]+(?=the\b))",
    ),
    ("A", _JOIN + r"\b(?:i|we|they|he|she)(?:\s+(?:will|shall)|['’]ll)" + _WILL_DO),
    ("A", r"\b(?P<join>and|but|so)\s+(?P<named>(?:[^\W\d_]+\s+){1,4}?)will" + _WILL_DO),
    (
        "C",
        _JOIN + r"\b(?:i am|i['’]m|we are|we['’]re)(?:\s+(?:also|very|really|deeply))*"
        r"\s+(?:worried|concerned)\b",
    ),
)
BEGUN = [(letter, re.compile(cue, re.IGNORECASE)) for letter, cue in CUES]
WITHIN = frozenset(
    "that which who whom whose what where when why how if as because whether until once before "
    "after and".split()
)  # before a subject, they make its clause a part of another
NEW_OBJECT = frozenset("it them that this these those you him her us all back to".split())
COMMITS = re.compile(
    r"(?<!\bthat )(?<!\bwhich )(?<!\bwho )\b(?:will|shall)\b|(?<!you)['’]ll\b", re.IGNORECASE
)
ASKS = re.compile(r"\b(?:should|must|ought)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters ``[start, end)`` and the letter that its cue gives it, empty without a cue."""

    start: int
    end: int
    letter: str


def stretches(text: str, letter: str, quoted: tuple[int, int]) -> list[Stretch]:
    """The stretches of ``text`` that are of ``letter``, in order, and the one of the quotation."""
    made = list(_cut(text, sorted(_begun(text))))
    first, _ = quoted
    own = [s for s in made if s.letter == letter or (not s.letter and _holds(s, first))]
    if own and not own[0].letter and not _says(text, own[0], letter) and len(own) > 1:
        own = [Stretch(own[0].start, own[1].end, letter), *own[2:]]  # "yes, chair, i will"
    return own if any(_holds(s, first) for s in own) else [Stretch(*quoted, letter)]


def _says(text: str, stretch: Stretch, letter: str) -> bool:
    words = text[stretch.start : stretch.end]
    return bool((COMMITS if letter == "A" else ASKS).search(words)) and _long(words)


def _holds(stretch: Stretch, at: int) -> bool:
    return stretch.start <= at < stretch.end


def _long(words: str) -> bool:
    return len(words.split()) >= FEWEST


def _begun(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each cue stands, where its words begin, and its letter."""
    for kind, cue in BEGUN:
        for match in cue.finditer(text):
            if _is_new(text, match, kind):
                begin = match.end() if kind == "R" else _subject(match)
                yield match.start(), begin, kind


def _subject(match: re.Match[str]) -> int:
    """Where a cue begins without the word that joins it on."""
    after = match.end("join") if match["join"] else match.start()
    return after + len(match.string[after:]) - len(match.string[after:].lstrip())


def _is_new(text: str, match: re.Match[str], kind: str) -> bool:
    """Whether a cue begins something, and is no clause of what is said already."""
    before = said(text[: match.start()])
    if before and before[-1].word in WITHIN and not match["join"]:
        return False
    if kind != "A" or not before:
        return True
    if not is_verb(match["verb"].lower()):
        return False
    if named := match.groupdict().get("named"):
        return _somebody(named.strip())
    objects = NEW_OBJECT | lexicon()["determiners"]
    return bool(match["join"]) or before[-1].stop or match["next"].lower() in objects


def _somebody(words: str) -> bool:
    """Whether these are an office or a name, and not things that will happen."""
    if OFFICE.fullmatch(words):
        return True
    named = [w.word for w in said(words)]
    known = lexicon()["function"] | lexicon()["people"] | lexicon()["nouns_too"]
    return len(named) <= 2 and not any(w in known or any_verb(w) for w in named)


def _cut(text: str, begun: Sequence[tuple[int, int, str]]) -> Iterator[Stretch]:
    at, letter = 0, ""
    for start, begin, kind in begun:
        if start < at:
            continue
        if start > at:
            yield Stretch(at, _unstopped(text, at, start), letter)
        at, letter = begin, kind
    yield Stretch(at, _unstopped(text, at, len(text)), letter)


def _unstopped(text: str, start: int, end: int) -> int:
    found = TRAILING.search(text[start:end])
    return start + found.start() if found else end
