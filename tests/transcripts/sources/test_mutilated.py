"""Answers that were mutilated on their way are read or refused, and nothing private is kept."""

from __future__ import annotations

import random
import re

from matters_arising.errors import MattersArisingError
from tests.transcripts.sources.moderngov_support import PRIVATE, meeting, roster
from transcripts.sources.moderngov_answers import root_of
from transcripts.sources.moderngov_clean import agenda_of, decisions_of, minutes_of
from transcripts.sources.moderngov_people import at_meeting, members_of
from transcripts.sources.web import Answer

ROUNDS = 400
INSERTED = (b"&amp;", b"&lt;b&gt;", b"\0", b"\xff", b"<x/>", b'"', b"31/02/2025", b"<agendaitem/>")
PUT = (b"", b"0", b"x", b"9" * 40, b"nan", "Siân—".encode(), b"  \n ")


def mutilated(data: bytes, chance: random.Random) -> bytes:
    """Cut off, bytes changed and lost, marks put between, texts replaced."""
    made = bytearray(data if chance.random() > 0.2 else data[: chance.randrange(len(data))])
    for _ in range(chance.choice((0, 1, 3, 10))):
        at = chance.randrange(len(made) or 1)
        what = chance.randrange(4)
        if what == 0 and made:
            made[at] = chance.randrange(256)
        elif what == 1:
            del made[at : at + chance.randrange(60)]
        elif what == 2:
            made[at:at] = chance.choice(INSERTED)
        elif texts := list(re.finditer(rb">([^<]{1,30})<", bytes(made))):
            found = chance.choice(texts)
            made[found.start(1) : found.end(1)] = chance.choice(PUT)
    return bytes(made)


def kept_of(roster_data: bytes, meeting_data: bytes) -> str:
    """All that is kept of a roster and of a meeting with published minutes."""
    people = members_of(root_of(Answer(roster_data, "a"), "councillorsbyward"))
    root = root_of(Answer(meeting_data, "a"), "meeting")
    told = (
        people,
        at_meeting(root),
        agenda_of(root),
        minutes_of(root, "a"),
        decisions_of(root, "a"),
    )
    return repr(told)


def test_whatever_comes_is_read_or_refused_and_nothing_private_is_kept() -> None:
    chance = random.Random(7)
    whole = roster().body, meeting(minutes=True, decided=True).body
    read = refused = 0
    for _ in range(ROUNDS):
        try:
            kept = kept_of(*(mutilated(data, chance) for data in whole))
        except MattersArisingError:
            refused += 1
            continue
        read += 1
        assert [w for w in PRIVATE if w in kept and w != "terms of the contract"] == []

    assert min(read, refused) > ROUNDS // 10
