"""The page of an office-holder leads to the committees they sit in, of whichever council."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL, Read
from tests.warehouse import builders
from transcripts.processed import ProcessedMeeting
from warehouse.store import load

COUNCILS = ("Aldermere Borough Council", "Zeal District Council")


def planning(number: int, council: str) -> ProcessedMeeting:
    """A meeting of the committee that both councils call alike."""
    done = builders.done(f"planning-{number}")
    meeting = replace(
        done.meeting, council=council, committee="Planning Committee", committee_code="PC"
    )
    return replace(done, meeting=meeting)


def test_committees_of_one_name_are_told_apart_by_their_council(tmp_path: Path) -> None:
    load(tmp_path, [planning(n, council) for n, council in enumerate(COUNCILS)])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        offices = reader.get("/person/ann-varley.json").json()["offices"]
        page = Read(reader.get("/person/ann-varley").text)
        links = [a["href"] or "" for a in page.all("a") if "/committee/" in (a["href"] or "")]
        led = [reader.get(f"{link}.json").json()["committee"]["council"] for link in links]

    assert led == [o["council"] for o in offices]
    assert set(led) == set(COUNCILS)
