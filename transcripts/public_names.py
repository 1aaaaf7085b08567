"""Names of members of the public that were spoken in a meeting, so that they can be withheld.

A member of the public is on no roster: the chair reads their name out ("Mister Carter, you have
two minutes"). The voice is already shown as "Member of the public 1"; this finds the name in the
words around it, also where a recogniser or a captioner misheard it, for the store to take out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from transcripts.meeting import Person
from transcripts.words import Attribution, Utterance

HONORIFICS = "mr|mister|mrs|missus|missis|ms|miss|mx|dr|doctor|madam"
ADDRESSED = re.compile(rf"\b(?:{HONORIFICS})\b\.?\s+([^\W\d_][\w'’-]+)", re.IGNORECASE)
NEAR = 2  # utterances before and after a voice in which its name is read out or thanked
ALIKE = 0.78  # Jaro-Winkler; with the same first letter, one name misheard in two ways
NEVER = frozenset("chair chairman mayor speaker president vice deputy minister director".split())


def spoken_public_names(
    utterances: Sequence[Utterance],
    attributions: Sequence[Attribution],
    people: Iterable[Person],
) -> tuple[str, ...]:
    """Surnames by which members of the public were addressed, and all that sound like them."""
    public = {a.voice for a in attributions if a.kind == "public"}
    if not public:
        return ()
    known = {w for p in people if p.kind != "public" for w in p.name.lower().split()} | NEVER
    near = _addressed(_beside(utterances, public), known)
    said = _addressed(utterances, known)
    return tuple(sorted(name for name in said if any(_alike(name, n) for n in near)))


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
