"""Which recommendations the keys that were said in a claim name: as a fact, or only perhaps.

A reference is never given twice and decides by itself. A minute number comes back in every
committee and every year: it decides only for the committee that speaks, or one that is named, and
only of its last meeting or of a day that is named. Otherwise it proposes, and a person confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.following.claims import keys
from models.following.council import Council
from transcripts.linked import Spoken, Wanted
from transcripts.minutes_from.paper import days_in

Named = Sequence[tuple[Wanted, str]]


@dataclass(frozen=True, slots=True)
class Keyed:
    """Recommendations with the key that names them: surely, else perhaps."""

    surely: Named = ()
    perhaps: Named = ()


def keyed(spoken: Spoken, council: Council, until: int) -> Keyed:
    """What a claim's keys name of the first ``until`` recommendations of its council."""
    references = [key for key in spoken.claim.keys if "/" in key]
    if found := council.named(references, until):
        return Keyed(found)
    # a claim that was found by other rules may hold a number that was a span of time
    said = set(keys(*spoken.texts))
    numbers = [key for key in spoken.claim.keys if "/" not in key and key in said]
    return _by_minute(spoken, council, council.named(numbers, council.before(spoken.day)))


def _by_minute(spoken: Spoken, council: Council, found: Named) -> Keyed:
    told = " ".join(spoken.texts)
    theirs = _committees(spoken, council, told)
    own = [(w, key) for w, key in found if w.committee.casefold() in theirs]
    if not own:
        return Keyed()
    days: set[date | None] = set(days_in(told))
    if not days:
        days = {council.last_met(w.committee, spoken.day) for w, _ in own}
    meant = [(w, key) for w, key in own if w.day in days]
    if len(meant) == 1:
        return Keyed(meant)
    last = max(w.day for w, _ in own)
    return Keyed(perhaps=meant or [(w, key) for w, key in own if w.day == last])


def _committees(spoken: Spoken, council: Council, told: str) -> frozenset[str]:
    """Those that are named, else the one that speaks; folded."""
    names = {w.committee.casefold() for w in council.wanted}
    named = {name for name in names if name and name in told.casefold()}
    return frozenset(named or {spoken.committee.casefold()})
