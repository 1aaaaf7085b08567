"""What each page shows to the eye: its data is no use where its template drops it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL, Read, read
from tests.sample_home import JUNE

REFERENCE = "SCSC/2026-27/01"
MOVER = "/person/councillor-joan-fletcher"
ADDRESS = "scrutiny@aldermere.example"


@pytest.fixture(scope="module")
def room(sample_home: Path) -> Iterator[TestClient]:
    """A reader of the sample council."""
    with TestClient(create_app(sample_home, contact=ADDRESS), base_url=LOCAL) as made:
        yield made


def links(page: Read) -> list[str]:
    return [a.get("href") or "" for a in page.all("a")]


def pictures(page: Read) -> list[str]:
    return [image["src"] or "" for image in page.all("img")]


def test_the_front_page_shows_how_much_was_heard_and_the_newest_meetings(room: TestClient) -> None:
    page = read(room, "/")

    assert "294 sentences, 100% of the speech" in page.words
    assert f"/meeting/{JUNE}" in links(page)
    assert "/committee/scsc" in links(page) or any("/committee/" in to for to in links(page))


def test_a_search_shows_its_parts_and_its_course_over_time(room: TestClient) -> None:
    page = read(room, "/search?q=facial+recognition")

    assert [src for src in pictures(page) if src.startswith("/trends.svg?q=facial")] != []
    assert any("&speaker=" in to for to in links(page))
    assert any("&from=2026-01-01&to=2026-12-31" in to for to in links(page))
    assert room.get(pictures(page)[0]).headers["content-type"] == "image/svg+xml"


def test_a_concern_shows_each_time_it_was_voiced_and_when(room: TestClient) -> None:
    threads = room.get("/concerns.json").json()["threads"]
    thread = next(one for one in threads if one["meetings"] > 1)
    page = read(room, f"/concern/{thread['thread_id']}")

    permanent = room.get(f"/concern/{thread['thread_id']}.json").json()["permanent"]
    assert pictures(page) == [f"{permanent}.svg"]
    assert room.get(f"{permanent}.svg").headers["content-type"] == "image/svg+xml"
    assert [c["quote"] for c in thread["concerns"] if c["quote"] not in page.words] == []
    assert len(thread["concerns"]) == thread["voiced"]


def test_a_committee_shows_its_register_and_its_coverage(room: TestClient) -> None:
    page = read(room, "/committee/scsc")

    assert f"/recommendation/{REFERENCE}" in links(page)
    assert "100% of the speech is transcribed, 97% of the words have a named" in page.words


def test_a_recommendation_shows_each_step_with_its_evidence(room: TestClient) -> None:
    events = room.get(f"/recommendation/{REFERENCE}.json").json()["events"]
    page = read(room, f"/recommendation/{REFERENCE}")
    quoted = [e["evidence"] for e in events if e["evidence"]["quote"]]

    assert len(quoted) > 5
    assert [e for e in quoted if e["quote"] not in page.words] == []
    assert [e for e in quoted if e["link"] not in links(page)] == []


def test_the_page_of_a_person_shows_what_they_moved_and_said(room: TestClient) -> None:
    held = room.get(f"{MOVER}.json").json()
    page = read(room, MOVER)

    assert [
        e for e in held["moved"] if f"/recommendation/{e['reference']}" not in links(page)
    ] == []
    assert [s for s in held["said"] if s["text"] not in page.words] == []
    assert len(held["moved"]) >= 1
    assert len(held["said"]) > 5


def test_the_page_about_shows_engines_figures_and_whom_to_ask(room: TestClient) -> None:
    held = room.get("/about.json").json()
    page = read(room, "/about")

    assert [row for row in held["measured"] if row["figure"] not in page.words] == []
    assert [row for row in held["engines"] if row["engine"] not in page.words] == []
    assert len(held["measured"]) > 5
    assert ADDRESS in page.words
    assert "/corrections" not in links(page)  # nobody sits at a desk here who would read a form


def test_a_meeting_shows_its_agenda_findings_evidence_and_downloads(room: TestClient) -> None:
    held = room.get(f"/meeting/{JUNE}.json").json()
    page = read(room, f"/meeting/{JUNE}")
    reasons = [reason for one in held["speakers"] for reason in one["reasons"]]
    quotes = [finding["quote"] for rows in held["findings"].values() for finding in rows]

    assert len(held["chapters"]) == 4
    assert [c for c in held["chapters"] if c["title"] not in page.words] == []
    assert [reason for reason in reasons if reason not in page.words] == []
    assert [quote for quote in quotes if quote not in page.words] == []
    assert {f"/meeting/{JUNE}/transcript.{kind}" for kind in ("vtt", "csv", "json")} <= set(
        links(page)
    )
