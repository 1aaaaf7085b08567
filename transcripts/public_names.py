"""Names of members of the public that were spoken in a meeting, so that they can be withheld.

A member of the public is on no roster: the chair reads their name out ("Mister Carter, you have
two minutes"), or they say it themselves ("My name is John Carter, I live in the High Street"). The
voice is already shown as "Member of the public 1"; this finds the name in its words and in those
around it, also where a recogniser or a captioner misheard it, for the store to take out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcripts.meeting import Person
from transcripts.name_runs import HONORIFICS, NEVER, introduced, name_at, own_words
from transcripts.words import Attribution, Utterance

ADDRESSED = re.compile(rf"\b(?:{HONORIFICS})\b\.?\s+([^\W\d_][\w'’-]+)", re.IGNORECASE)
NEAR = 2  # utterances before and after a voice in which its name is read out or thanked
ALIKE = 0.78  # Jaro-Winkler; with the same first letter, one name misheard in two ways
SAYS_NAME = re.compile(r"\bname(?: is|['’]s)\W+(?:\w+\W+)?$", re.IGNORECASE)
OPENING = 60  # characters from the first in which "I'm" leads to a name, where there are capitals
# what somebody goes on with who speaks for the council, or is paid to: such a voice was taken for
# one of the public wrongly, and a name that belongs into the record must not be lost for that
HOLDS_OFFICE = re.compile(
    r"^[\s,]*(?:and |i am |i'm |the |a |an |your |our |one of |(?:ward|borough|county|city|town) )*"
    r"(?:\w+ ){0,3}?(?:councillors?|cllr|members? for|officer|director|head of|chief|inspector|"
    r"superintendent|sergeant|commissioner|leader|mayor|manager|solicitor|clerk|secretary)\b",
    re.IGNORECASE,
)


def spoken_public_names(
    utterances: Sequence[Utterance],
    attributions: Sequence[Attribution],
    people: Iterable[Person],
) -> tuple[str, ...]:
    """Surnames by which members of the public were addressed, and all that sound like them.

    With first name and all where they introduced themselves. No name is taken of which the surname
    sounds like a word in the name of somebody who may be named.
    """
    public = {a.voice for a in attributions if a.kind == "public"}
    if not public:
        return ()
    known = {w for p in people if p.kind != "public" for w in p.name.lower().split()} | NEVER
    own = _own_names((u.text for u in utterances if u.voice in public), known)
    near = _addressed(_beside(utterances, public), known) | {own_words(n)[-1] for n in own}
    said = _addressed(utterances, known)
    return tuple(sorted(own | {name for name in said if any(_alike(name, n) for n in near)}))


def _own_names(texts: Iterable[str], known: set[str] | frozenset[str]) -> set[str]:
    """The full names by which they introduced themselves; a first name alone tells nobody's."""
    found = set()
    for text in texts:
        for start, end in introduced(text):
            name = name_at(text, (start, end))
            if len(own_words(name)) < 2 or HOLDS_OFFICE.match(text[end:]):
                continue
            sure = SAYS_NAME.search(text[:start]) or (start < OPENING and text[start].isupper())
            if sure and not any(_alike(own_words(name)[-1], k) for k in known):
                found.add(name)
    return found


def _beside(utterances: Sequence[Utterance], voices: set[str]) -> list[Utterance]:
    """What others say just before and after one of these voices speaks."""
    at = [i for i, u in enumerate(utterances) if u.voice in voices]
    near = {j for i in at for j in range(i - NEAR, i + NEAR + 1) if 0 <= j < len(utterances)}
    return [utterances[j] for j in sorted(near) if utterances[j].voice not in voices]


def _addressed(utterances: Iterable[Utterance], known: set[str] | frozenset[str]) -> set[str]:
    names = (m.group(1) for u in utterances for m in ADDRESSED.finditer(u.text))
    plain = (n.lower().removesuffix("'s").removesuffix("’s") for n in names)
    return {n for n in plain if not any(_alike(n, k) for k in known)}


def _alike(one: str, other: str) -> bool:
    from jellyfish import jaro_winkler_similarity  # only where a name was read out

    return one == other or (one[0] == other[0] and jaro_winkler_similarity(one, other) >= ALIKE)
