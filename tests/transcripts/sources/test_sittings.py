"""Several sittings of one committee on one day have a folder each, and keep it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.transcripts.sources.council_server import Asked, CouncilServer, Reply
from tests.transcripts.sources.fetching import JUNE_FIRST, JUNE_LAST, fetched
from tests.transcripts.sources.moderngov_support import SCSC, listed, meeting
from tests.transcripts.sources.test_moderngov import LIST, MEETING, place
from transcripts.manifest import read_meeting
from transcripts.sources.config import read_config
from transcripts.sources.landed import read_landed, write_landed
from transcripts.sources.run import FetchReport, fetch_all

__all__ = ["place"]  # the fixture
NAME = "aldermere-scsc-2026-06-11"


def sittings(server: CouncilServer, *hours: str, first: int = 5101) -> None:
    """A council that lists sittings of one day, each with an agenda of its own."""
    rows = [(first + n, SCSC, "11/06/2026", hour, "Confirmed") for n, hour in enumerate(hours)]
    server.routes[LIST] = listed(*rows)
    server.routes[MEETING] = agendas()


def agendas(*broken: str) -> Callable[[Asked], Reply]:
    def answer(asked: Asked) -> Reply:
        number = asked.query["lmeetingid"]
        if number in broken:
            return Reply(b"", 404)
        body = meeting(int(number)).body
        return Reply(body.replace(b"Live facial", f"Application {number}: facial".encode()))

    return answer


def told(report: FetchReport) -> list[tuple[str, str]]:
    return [(m.id, m.what) for m in report.landed]


def whose(place: Path) -> dict[str, str]:
    """Folder → the number of the sitting whose agenda lies in it."""
    found = {p.parent.name: read_meeting(p) for p in sorted(place.rglob("waiting.toml"))}
    return {name: m.agenda[1].title.split()[1].strip(":") for name, m in found.items()}


@pytest.mark.parametrize("hour", ["", "On the rising of Council", "10.00 am"])
def test_sittings_that_no_clock_tells_apart_are_named_by_their_id(
    place: Path, server: CouncilServer, hour: str
) -> None:
    sittings(server, hour, hour, hour)

    first, again = fetched(place), fetched(place)

    names = [NAME, f"{NAME}-5102", f"{NAME}-5103"]
    assert told(first) == [(name, "new") for name in names]
    assert told(again) == [(name, "up to date") for name in names]
    assert whose(place) == dict(zip(names, ("5101", "5102", "5103"), strict=True))


def test_an_hour_names_one_sitting_alone(place: Path, server: CouncilServer) -> None:
    sittings(server, "10.00 am", "6.30 pm", "6.30 pm")

    assert told(fetched(place)) == [
        (NAME, "new"),
        (f"{NAME}-1830", "new"),
        (f"{NAME}-5103", "new"),
    ]


def test_what_an_earlier_program_put_over_another_gets_a_folder_of_its_own(
    place: Path, server: CouncilServer
) -> None:
    """The one that came first keeps the folder."""
    sittings(server, "")
    (landed,) = fetched(place).landed
    state = read_landed(landed.folder)
    write_landed(landed.folder, replace(state, keys=("moderngov:5101", "moderngov:5102")))
    sittings(server, "", "")

    first, again = fetched(place), fetched(place)

    assert told(first) == [(NAME, "up to date"), (f"{NAME}-5102", "new")]
    assert told(again) == [(NAME, "up to date"), (f"{NAME}-5102", "up to date")]
    assert read_landed(landed.folder).keys == ("moderngov:5101",)


def test_a_sitting_that_cannot_be_read_today_keeps_its_folder(
    place: Path, server: CouncilServer
) -> None:
    """Another of that day is not taken for it under an id that moved."""
    sittings(server, "")
    fetched(place)
    sittings(server, "", "")
    server.routes[MEETING] = agendas("5101")

    report = fetched(place)

    assert told(report) == [(f"{NAME}-5102", "new")]
    assert whose(place) == {NAME: "5101", f"{NAME}-5102": "5102"}


def test_a_dry_run_tells_the_same_folders(place: Path, server: CouncilServer) -> None:
    sittings(server, "", "")
    config = read_config(place / "matters.toml")

    foretold = fetch_all(config, since=JUNE_FIRST, until=JUNE_LAST, dry_run=True)

    assert [m.id for m in foretold.landed] == [m.id for m in fetched(place).landed]


def test_a_sitting_that_was_cancelled_before_it_was_landed_takes_no_name(
    place: Path, server: CouncilServer
) -> None:
    server.routes[LIST] = listed(
        (5101, SCSC, "11/06/2026", "10.00 am", "Cancelled"),
        (5102, SCSC, "11/06/2026", "2.00 pm", "Confirmed"),
    )

    assert told(fetched(place)) == [(NAME, "cancelled"), (NAME, "new")]
