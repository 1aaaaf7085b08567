"""What a seat log is worth beside what is said at the seat.

A log knows who logged in, not who speaks: a member may use another's seat, a substitute may sit
there. What somebody says of themselves there is believed against it, but not a misheard first name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from models.names.assign import LOG
from models.names.doubts import OF_ANOTHER, Doubt
from models.names.evidence import Evidence
from models.names.said import tokens_of
from models.names.titles import TITLES

OWN_WORDS = frozenset(("self-introduction", "self-introduction, first name", "gives own name"))
INTRODUCED_S = 3.0  # how long it takes to say one's name
SUBSTITUTE = "substitut"
SOUNDS_ALIKE = 0.75  # of their consonants: "Century" for Sanjay has .78, Priya none
ANOTHER = "the seat log has one name, and somebody there says another"


def as_logged(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The same, where a name that no roster holds but for its surname is the one of the log.

    "Century Malik", heard at the seat of Sanjay Malik, is Sanjay Malik misheard.
    """
    seats = {e.voice: e.person for e in evidence if e.rule == LOG}
    mended = [e for e in evidence if e.voice in seats and _misheard(e, seats[e.voice])]
    # the surname in it was counted as a word about somebody else
    said = OF_ANOTHER | {"gives another name"}
    kept = [e for e in evidence if not (e.rule in said and any(_in(e, m) for m in mended))]
    return [replace(e, person=seats[e.voice]) if e in mended else e for e in kept]


def _in(evidence: Evidence, introduction: Evidence) -> bool:
    """Whether it was read out of the words of an introduction."""
    after_s = evidence.start_s - introduction.start_s
    return evidence.voice == introduction.voice and 0 <= after_s < INTRODUCED_S


def _misheard(evidence: Evidence, logged: str) -> bool:
    """Whether an unknown name sounds like that of the log: its surname, and nearly its first name.

    A relative or a namesake may sit there, and whoever says to be a substitute is one.
    """
    said = [t.key for word in evidence.quote.split() for t in tokens_of(word)]
    if not evidence.person.startswith("?") or any(w.startswith(SUBSTITUTE) for w in said):
        return False
    heard, name = _name(evidence.person), _name(logged)
    if heard[-1:] == name[-1:]:
        heard = heard[:-1]
    elif not heard or (heard[-1], name[-1]) not in set(pairwise(said)):
        return False
    return bool(heard) and _sounds_alike(heard[-1], name[0])


def _name(written: str) -> list[str]:
    return [t.key for t in tokens_of(written) if t.key not in TITLES]


def _sounds_alike(heard: str, name: str) -> bool:
    import jellyfish

    sounds = jellyfish.metaphone(heard), jellyfish.metaphone(name)
    return bool(jellyfish.jaro_winkler_similarity(*sounds) >= SOUNDS_ALIKE)


def another_at_the_seat(evidence: Iterable[Evidence]) -> dict[str, Doubt]:
    """The voices of a log under which somebody else says who they are: a seat may be borrowed."""
    logged: dict[str, Evidence] = {}
    own: dict[str, list[Evidence]] = {}
    for e in evidence:
        if e.rule == LOG:
            logged[e.voice] = e
        elif e.rule in OWN_WORDS:
            own.setdefault(e.voice, []).append(e)
    found = {}
    for voice, log in logged.items():
        others = tuple(e for e in own.get(voice, ()) if e.person != log.person)
        if others:
            found[voice] = Doubt(ANOTHER, (log, *others))
    return found
