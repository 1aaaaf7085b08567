"""Answers in mixed encodings, and with characters that may not stand in XML."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import CouncilServer, Reply
from tests.transcripts.sources.fetching import fetched
from tests.transcripts.sources.moderngov_support import councillor, meeting, roster
from tests.transcripts.sources.test_moderngov import MEETING, ROSTER, place, waiting
from transcripts.manifest import read_meeting
from transcripts.sources.moderngov_answers import decoded, root_of
from transcripts.sources.web import Answer

__all__ = ["place"]  # the fixture
NAMES = "Siân Bürger, Zoë Nuñez – O’Neill’s “view” at £5"


def answered(data: bytes, charset: str = "") -> str:
    return decoded(Answer(data, "a", charset))


@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "windows-1252"])
def test_what_is_utf_8_is_read_whole_whatever_the_server_says(charset: str) -> None:
    assert answered(NAMES.encode(), charset) == NAMES


@pytest.mark.parametrize("charset", ["", "utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize(
    ("stray", "means"),
    [(b"\x92", "’"), (b"\x93x\x94", "“x”"), (b"\xa3", "£"), (b"\xe9", "é"), (b"\x81", "\ufffd")],
)
def test_a_byte_of_windows_is_its_character_and_garbles_no_other(
    stray: bytes, means: str, charset: str
) -> None:
    data = NAMES.encode() + b" Member" + stray + b"s report"

    assert answered(data, charset) == f"{NAMES} Member{means}s report"


@pytest.mark.parametrize("charset", ["", "utf-8", "windows-1252", "no-such"])
def test_what_is_old_windows_is_read_as_that(charset: str) -> None:
    assert answered(NAMES.encode("cp1252"), charset) == NAMES
    assert answered("SIÂN CAFÉ’S £5, Zoë".encode("cp1252"), charset) == "SIÂN CAFÉ’S £5, Zoë"


def test_one_pasted_byte_leaves_the_names_of_a_roster_alone(
    place: Path, server: CouncilServer
) -> None:
    made = roster(councillor(8, "Councillor Siân Bürger", "Plaid Cymru", "Member for Children#s"))
    server.routes[ROSTER] = Reply(made.body.replace(b"#", b"\x92"))

    fetched(place)

    (person,) = (p for p in read_meeting(waiting(place)).people if "Bürger" in p.name)
    assert (person.name, person.role) == ("Councillor Siân Bürger", "Member for Children’s")


@pytest.mark.parametrize(
    "bad", ["&#x1F;", "&#31;", "&#0;", "&#xD800;", "&#xFFFE;", "&#x110000;", "\x1f", "\x0b"]
)
def test_what_may_not_stand_in_xml_costs_no_meeting(
    place: Path, server: CouncilServer, bad: str
) -> None:
    body = meeting().body.replace(b"Live facial", f"Live{bad} facial".encode())
    server.routes[MEETING] = Reply(body)

    report = fetched(place)

    assert report.faults == ()
    assert read_meeting(waiting(place)).agenda[1].title == "Live facial recognition"


def test_references_that_may_stand_in_xml_stay() -> None:
    text = b"<x>&#x2019;&#233;&#x1F600;&#9;&amp;#x1F;</x>"

    assert root_of(Answer(text, "a"), "x").text == "’é😀\t&#x1F;"
