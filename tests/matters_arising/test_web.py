"""The pages show what the warehouse holds, and nothing that a transcript says can act on a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.matters_arising.web_support import (
    FIRST,
    HOSTILE,
    LATER,
    LOCAL,
    LONG,
    PAGES,
    REFERENCE,
    Read,
    read,
)
from tests.warehouse import builders


def test_the_front_page_says_what_is_held_and_what_it_is_worth(client: TestClient) -> None:
    """Every meeting leads to its page; the minutes are named as the formal record."""
    page = read(client, "/")

    links = {a["href"] for a in page.all("a")}
    assert {f"/meeting/{m}" for m in (FIRST, LATER, HOSTILE, LONG)} <= links
    assert "The minutes are the formal record" in page.words
    assert "concerns: 1" in page.words


def test_a_hit_is_verbatim_with_neighbours_and_a_link_to_the_second(client: TestClient) -> None:
    """Words, speaker, day, and where to hear it."""
    page = read(client, "/search?q=ran+for+two+days")

    assert "“The trial of live facial recognition ran for two days.”" in page.words
    assert "After it: We published a notice. …" in page.words
    assert "Dr Grace Okoro (named by machine)" in page.words
    assert "2 June 2026" in page.words
    hits = client.get("/search.json?q=ran+for+two+days").json()["result"]["hits"]
    assert hits[0]["link"] in {a["href"] for a in page.all("a")}
    assert re.fullmatch(r"https://webcast\.aldermere\.example/1\?t=\d+", hits[0]["link"])


def test_not_found_says_what_was_searched(client: TestClient) -> None:
    """Silence about a thing is never mistaken for its not having been said."""
    page = read(client, "/search?q=zeppelin&committee=SCSC&from=2026-06-01&to=2026-06-30")

    assert "Not found: zeppelin" in page.words
    assert "Words that stand nowhere in this archive: zeppelin." in page.words
    assert "Searched 2 meetings of 2 June 2026 to 4 June 2026" in page.words


@pytest.mark.parametrize(
    ("narrow", "speakers"),
    [
        ("speaker=Petty", {"Cllr Tom Petty"}),
        ("kind=recommendation&meeting=2026-06-02", {"Cllr Ann Varley"}),
        ("from=&to=&speaker=&kind=&q=street", {"Member of the public 1"}),
    ],
)
def test_filters_narrow_and_empty_ones_do_not(
    client: TestClient, narrow: str, speakers: set[str]
) -> None:
    """A form sends all its fields; only the filled ones count."""
    question = "" if "q=" in narrow else "&q=told+schedule"
    hits = client.get(f"/search.json?{narrow}{question}").json()["result"]["hits"]

    assert {hit["speaker"] for hit in hits} == speakers


def test_the_encoder_is_asked_for_once_and_only_for_meaning(home: Path) -> None:
    """It takes seconds and memory that a search by words does without."""
    asked: list[str] = []

    def encoder() -> object:
        asked.append("once")
        return builders.encode

    with TestClient(create_app(home, encoder=encoder), base_url=LOCAL) as client:  # type: ignore[arg-type]
        client.get("/search?q=cameras")
        before = list(asked)
        found = [client.get(f"/search?q=cameras&mode={m}").status_code for m in ("meaning", "both")]

    assert (before, asked, found) == ([], ["once"], [200, 200])


def test_a_meeting_shows_coverage_speakers_with_reasons_and_findings(client: TestClient) -> None:
    """Each name with its evidence, each finding with its words and its second."""
    page = read(client, f"/meeting/{FIRST}")

    assert "of the words have a named speaker" in page.words
    assert "chair's invitation: “Councillor Petty”" in page.words
    assert "“residents were never told about the cameras”" in page.words
    assert "agreed in the meeting" in page.words
    assert "found by the machine" in page.words


def test_a_transcript_is_shown_a_page_at_a_time_and_whole(client: TestClient) -> None:
    """The pages together hold every utterance once, in order."""
    first, second = (client.get(f"/meeting/{LONG}.json?offset={n}").json() for n in (0, 400))

    said = [row["text"] for row in first["transcript"] + second["transcript"]]
    assert said == [f"This is remark {n}." for n in range(405)]
    assert (first["previous_offset"], first["next_offset"]) == (None, 400)
    assert (second["previous_offset"], second["next_offset"]) == (0, None)


def test_the_link_of_a_hit_leads_to_the_utterance_itself(client: TestClient) -> None:
    """Also where it is not on the first page of the transcript."""
    page = read(client, "/search?q=%22remark+403%22")
    (link,) = [a["href"] or "" for a in page.all("a") if "utterance=" in (a["href"] or "")]

    marked = [li for li in read(client, link).all("li") if li.get("id") == link.split("#")[1]]
    assert len(marked) == 1


def test_a_recommendation_shows_its_words_what_was_said_around_and_later(
    client: TestClient,
) -> None:
    """Capitals in its reference do not matter; later mentions are proposals."""
    page = read(client, f"/recommendation/{REFERENCE.lower()}")

    assert f"Recommendation {REFERENCE}" in page.words
    assert "My street has not been swept." in page.words
    assert "A person has to judge" in page.words
    assert "Cabinet publishes its schedule in July." in page.words


def test_recommendations_lead_to_each_one(client: TestClient) -> None:
    """By its reference."""
    page = read(client, "/recommendations?committee=SCSC")

    assert f"/recommendation/{REFERENCE}" in {a["href"] for a in page.all("a")}


def test_a_recommendation_is_shown_in_the_words_of_the_register_with_who_proposed_it(
    client: TestClient,
) -> None:
    """Not as the sentence in which it was found, nor by whoever said that one."""
    (entry,) = client.get("/recommendations.json?words=schedule").json()["recommendations"]
    page = read(client, f"/recommendation/{entry['reference']}")

    assert f"“{entry['text_spoken']}”" in page.words
    assert entry["proposer"] in page.words.split("Proposed by")[1].split("To")[0]


def test_the_register_leaves_out_what_was_never_asked_of_anybody(client: TestClient) -> None:
    """All of it is one choice away, and a state that there is none of says so."""
    agreed = client.get("/recommendations.json").json()["recommendations"]
    everything = client.get("/recommendations.json?state=all").json()["recommendations"]

    assert {e["recommendation"] for e in agreed} == {"agreed"}
    assert len(everything) >= len(agreed)
    assert client.get("/recommendations?state=none").status_code == 400


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_a_twin_in_json(client: TestClient, address: str) -> None:
    """The address that the page names gives the same answer as data."""
    page = client.get(address)
    links = Read(page.text).all("link")
    twins = [a["href"] or "" for a in links if a.get("type") == "application/json"]
    path, _, query = address.partition("?")
    twin = client.get(twins[0] if twins else f"{path}.json?{query}")

    assert (twin.status_code, twin.headers["content-type"]) == (
        page.status_code,
        "application/json",
    )
    assert isinstance(json.loads(twin.text), dict)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_can_be_read_by_everybody(client: TestClient, address: str) -> None:
    """Language, one main heading, a skip link, labelled inputs, tables with headers, no style."""
    page = read(client, address)
    tags = [tag for tag, _ in page.tags]
    labels = {label["for"] for label in page.all("label")}
    fields = [f for f in page.all("input") + page.all("select") if f.get("type") != "hidden"]
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]

    assert [html["lang"] for html in page.all("html")] == ["en-GB"]
    assert tags.count("h1") == 1
    assert page.all("a")[0] == {"class": "govuk-skip-link", "href": "#content"}
    assert [f for f in fields if f["id"] not in labels] == []
    assert [th for th in page.all("th") if th.get("scope") not in ("col", "row")] == []
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert len(ids) == len(set(ids))
    assert not {"style", "iframe", "object", "base"} & set(tags)
    assert [
        s for s in page.all("script") if s != {"src": "/static/meeting.js", "defer": None}
    ] == []
    assert [a for _, a in page.tags if "style" in a or any(k.startswith("on") for k in a)] == []
