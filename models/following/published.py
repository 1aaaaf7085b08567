"""Which recommendation an executive's printed answer is about: keys decide, words propose.

Minutes and published decisions name what they answer as speech does not: the committee, the day on
which it met, the number of its minute. A reference, or a minute number with its committee, is a
key. Everything else only proposes, in the order of the share of the recommendation's rare words
that stand in the item; a person confirms. The three bars are set by hand, not fitted: there is no
labelled material to fit them on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.following.claims import MINUTE, REFERENCE
from models.following.words import Rarity, covered
from transcripts.claim import CERTAIN, PROPOSED, Link
from transcripts.linked import Published, Wanted
from transcripts.minutes_from.paper import days_in

# of the recommendation's rare words, where its committee and day, its committee, neither is named
DAY_NAMED, NAMED, UNNAMED = 0.0, 0.15, 0.4
NEAR = 0.6  # of what the likeliest shares; what shares less is not proposed beside it
MOST = 12  # proposals a point: a review has six to eight recommendations


def answers(wanted: Sequence[Wanted], published: Sequence[Published]) -> list[Link]:
    """Links from the points, in their order; never to what the same body made, nor a later one."""
    councils: dict[str, list[Wanted]] = defaultdict(list)
    for w in wanted:
        if w.outcome in ("agreed", ""):
            councils[w.council].append(w)
    out: list[Link] = []
    for p in published:
        may = [
            w
            for w in councils[p.council]
            if w.day < p.day and w.committee.casefold() != p.committee.casefold()
        ]
        out += list(_by_key(p, may)) or _by_words(p, may)
    return out


def _by_key(p: Published, may: Sequence[Wanted]) -> Iterator[Link]:
    """Where a reference, or a minute number with its committee, stands in the point itself.

    The words around it may hold the keys of other points: they count where no point has any.
    """
    for told in (p.text, p.about):
        references = {key.casefold() for key in REFERENCE.findall(told)}
        minutes = {f"minute {number}" for number in MINUTE.findall(told)}
        found = [
            (w, key)
            for w in may
            for key in w.keys
            if key.casefold() in references or (key in minutes and _names(told, w.committee))
        ]
        held = {w.meeting_id for w, _ in found}
        if len(held) > 1:  # a number comes back each year: the day tells which is meant
            found = [(w, k) for w, k in found if w.day in days_in(p.about) or "/" in k]
        if found:
            yield from (
                Link(p.point_id, w.finding_id, 1.0, CERTAIN, (f"{key} is named",))
                for w, key in found
            )
            return


def _by_words(p: Published, may: Sequence[Wanted]) -> list[Link]:
    """The likeliest, with what spoke for each."""
    told = f"{p.text} {p.about}"
    named = [w for w in may if _names(told, w.committee)]
    on_day = [w for w in named if w.day in days_in(told)]
    among, bar, reasons = _narrowest(may, named, on_day)
    rarity = Rarity([*(" ".join(w.texts) for w in may), told])
    said = rarity.weights(told)
    shares = [(covered(rarity.weights(_wording(w)), said), w) for w in among]
    best = max((share for share, _ in shares), default=0.0)
    kept = [(s, w) for s, w in shares if s >= max(bar, NEAR * best)]
    kept.sort(key=lambda each: (-each[0], each[1].day, each[1].finding_id))
    return [
        Link(p.point_id, w.finding_id, round(share, 3), PROPOSED, (*reasons, _share(share)))
        for share, w in kept[:MOST]
    ]


def _narrowest(
    may: Sequence[Wanted], named: Sequence[Wanted], on_day: Sequence[Wanted]
) -> tuple[Sequence[Wanted], float, tuple[str, ...]]:
    if on_day:
        return on_day, DAY_NAMED, ("names its committee", "names the day it was made")
    if named:
        return named, NAMED, ("names its committee",)
    return may, UNNAMED, ()


def _wording(w: Wanted) -> str:
    return f"{w.texts[0] if w.texts else ''} {w.item_title}"


def _share(share: float) -> str:
    return f"{share:.0%} of its rare words are in the item"


def _names(text: str, committee: str) -> bool:
    return re.sub(r"\s+", " ", committee).casefold() in text.casefold()
