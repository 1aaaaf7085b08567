"""When a first name or a surname that stands by itself is a person: it may be a word or a place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from models.names.said import Token

FIRST_PERSON = re.compile(r"i(?:m|ve|ll|d)?$")
# First names that are also words, written with a capital only where they begin a sentence.
ALSO_WORDS = frozenset(
    "will mark bill art grant rob sue pat grace faith hope joy dawn frank drew dean rose jack bob "
    "chase guy ray rich gene don max sunny penny ruby cliff dale earl glen heath herb mason miles "
    "page pearl price ridge rock sandy ward brook clay cooper destiny forest harmony hunter "
    "justice mercy merry peace piers poppy porter prudence rain river sage scout".split()
)
# First names that are as well months, seasons or places, which have their capital everywhere.
ALSO_PROPER = frozenset(
    "april may june august summer autumn christian major adelaide alexandria ashton austin "
    "beverley bradford bradley brent brooklyn camden carlisle carolina charlotte chelsea chester "
    "clifton clyde craven dakota dallas darwin denver derby devon douglas dudley eden elgin "
    "florence georgia hamilton houston india ireland israel jackson jersey jordan kent kenya "
    "kingston leigh lewis lincoln london lourdes madison milan milton montgomery nelson odessa "
    "orlando paris perry preston regina salem savannah shannon shelby sidney skye stafford stanley "
    "sydney trent troy tyne victoria vienna virginia warren wells windsor wigan york".split()
)
NO_PERSON_AFTER = frozenset(
    "on in of at near within around through the a an this site item".split()
)
THANKED_AFTER = frozenset("you thanks diolch".split())


def first_name_alone(tokens: Sequence[Token], at: int, cased: bool) -> bool:
    """Whether a first name is meant here, and nobody's whose surname follows.

    Without capitals a word or a place is never told from a name. With them a word is a name within
    a sentence, and a place where it is set off. Nobody is spoken to after "on" or "the".
    """
    token = tokens[at]
    if cased and (not token.capital or _goes_on(tokens, at)):
        return False
    if at and not tokens[at - 1].stops and tokens[at - 1].key in NO_PERSON_AFTER:
        return False
    if token.key in ALSO_WORDS and cased and at and not tokens[at - 1].ends:
        return True
    doubtful = token.key in ALSO_WORDS or token.key in ALSO_PROPER
    return not doubtful or (cased and set_off(tokens, at, 1))


def set_off(tokens: Sequence[Token], at: int, size: int) -> bool:
    """Whether words are set off on both sides, or thanked, as somebody spoken to is."""
    thanked = at > 0 and tokens[at - 1].key in THANKED_AFTER
    opened = at == 0 or tokens[at - 1].stops
    return tokens[at].capital and (thanked or (opened and tokens[at + size - 1].stops))


def _goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether another capital follows at once: "Robert Street" is another or a place."""
    if tokens[at].stops or at + 1 == len(tokens):
        return False
    after = tokens[at + 1]
    return after.capital and not FIRST_PERSON.match(after.key)
