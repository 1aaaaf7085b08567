"""Titles: what stands before a name in speech and on a roster and is no part of it."""

from __future__ import annotations

from collections.abc import Sequence

from models.names.said import Token

TITLES = frozenset(
    "councillor councillors cllr cllrs councilor counsellor counselor coun alderman mr mrs ms miss "
    "mx mister missus dr doctor sir dame lord lady baroness professor prof minister monsieur "
    "madame mme reverend rev superintendent inspector sergeant constable commander colonel "
    "secretary senator deputy ald hon councilmember councilmembers councilman councilwoman "
    "commissioner".split()
)
STRONG_TITLES = TITLES - {"minister", "secretary", "deputy", "hon"}
TWO_WORDS = frozenset((("council", "member"), ("council", "president")))


def after_title(tokens: Sequence[Token], at: int) -> int:
    """Where the titles that stand at a place end: "Councillor Dr", "Council Member"."""
    if tuple(t.key for t in tokens[at : at + 2]) in TWO_WORDS:
        return at + 2
    after = at
    while after < len(tokens) and tokens[after].key in TITLES and after - at < 2:
        after += 1
    return after
