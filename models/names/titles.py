"""Titles: what stands before a name in speech and on a roster and is no part of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.names.said import Token, tokens_of

BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
TITLES = frozenset(
    "councillor councillors cllr cllrs councilor counsellor counselor coun alderman mr mrs ms miss "
    "mx mister missus dr doctor sir dame lord lady baroness professor prof minister monsieur "
    "madame mme reverend rev superintendent inspector sergeant constable commander colonel "
    "secretary senator deputy ald hon councilmember councilmembers councilman councilwoman "
    "commissioner".split()
)
STRONG_TITLES = TITLES - {"minister", "secretary", "deputy", "hon"}
TWO_WORDS = frozenset((("council", "member"), ("council", "president")))

COUNCILLORS = frozenset("councillor cllr councilor alderman ald".split())
# as they are said and heard of one or several
OF_MEMBERS = COUNCILLORS | frozenset(
    "councillors cllrs counsellor counselor coun councilmember councilmembers councilman "
    "councilwoman".split()
)
PLAIN = frozenset("mr mrs ms miss mx mister missus".split())
CIVIL = PLAIN | {"monsieur", "madame", "mme"}
DOCTORS = frozenset("dr doctor prof professor".split())
OF_ANYBODY = PLAIN | DOCTORS | frozenset(
    "lord lady sir dame baroness "
    "reverend rev superintendent inspector sergeant constable commander colonel".split()
)  # fmt: skip
BEFORE_NAMES = TITLES | frozenset(
    "the honourable right rt most worshipful his her their worship mayor mayoress provost vice "
    "and convener".split()
)
AFTER_NAMES = frozenset(
    "mbe obe cbe kbe dbe gbe bem kcb dcb cb cmg cvo lvo mvo kc qc jp dl td vr rd qpm qfsm kpm mp "
    "msp ms mla mep mhk am phd dphil msc mba bsc llb llm pgce frsa frcs frcp frics esq jnr snr jr "
    "sr".split()
)


def words_of(name: str) -> tuple[str, ...]:
    """The words of a written name without titles, offices, honours and what is in brackets."""
    words = BRACKETS.sub(" ", name).split() or name.split()
    keys = [key_of_word(w) for w in words]
    last = len(words)
    while last > 2 and (keys[last - 1] in AFTER_NAMES or not keys[last - 1]):
        last -= 1
    called = [i for i in range(last - 1) if keys[i] in COUNCILLORS]
    first = called[-1] + 1 if called else 0
    while first < last - 1 and keys[first] in BEFORE_NAMES:
        first += 1
    return tuple(words[first:last])


def key_of_word(word: str) -> str:
    """The letters of a written word as they are compared: "M.B.E." is "mbe"."""
    return "".join(t.key for t in tokens_of(word))


def after_title(tokens: Sequence[Token], at: int) -> int:
    """Where the titles that stand at a place end: "Councillor Dr", "Council Member"."""
    if tuple(t.key for t in tokens[at : at + 2]) in TWO_WORDS:
        return at + 2
    after = at
    while after < len(tokens) and tokens[after].key in TITLES and after - at < 2:
        after += 1
    return after
