"""The page of an office-holder: what they said and moved, and never what to think of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date

from matters_arising.web.reading import Data, Offset, Reading, around
from transcripts.finding import KINDS
from warehouse import committees, office
from warehouse.reader import Reader
from warehouse.register import register

PAGE = 50  # utterances at a time


def person(reader: Reading, key: str, offset: Offset = 0) -> Data:
    """One office-holder; nobody else has a page."""
    name = office.office_holder(reader, key)
    called = office.labels(reader, name)
    entries = register(reader, today=date.today())
    said = reader.kept(
        ("said by", name, offset),
        lambda: office.said_by(reader, name, offset=offset, limit=PAGE + 1),
    )
    found = reader.kept(("found in", name), lambda: office.found_in(reader, name))
    return {
        "key": office.key_of(name),
        "name": name,
        "offices": reader.kept(("offices", name), lambda: _offices(reader, name)),
        "meetings": reader.kept(("heard in", name), lambda: office.heard_in(reader, name)),
        "moved": [e for e in entries if e.proposer in called],
        "seconded": [e for e in entries if e.seconder in called],
        "findings": {kind: [f for f in found if f.kind == kind] for kind in KINDS},
        "said": said[:PAGE],
        **around(offset, PAGE, more=len(said) > PAGE),
    }


def _offices(reader: Reader, name: str) -> list[Data]:
    """Each with the key of its committee's page: councils have committees of one name."""
    held = reader.total("committees", committees.committees)
    keys = {(c.council, c.committee): c.key for c in held}
    return [
        asdict(o) | {"committee_key": keys.get((o.council, o.committee), "")}
        for o in office.offices(reader, name)
    ]


# address (without .json), its JSON twin, template, what it shows
PEOPLE_PAGES: tuple[tuple[str, str, str, Callable[..., Data]], ...] = (
    ("/person/{key}", "/person/{key}.json", "person.html", person),
)
