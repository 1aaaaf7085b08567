"""The pages about phrases, the picture and the feeds: what they show, and that they are safe."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from defusedxml import ElementTree
from fastapi.testclient import TestClient

from matters_arising.web.app import HEADERS, create_app
from tests.matters_arising.web_support import (
    FIRST,
    HOSTILE,
    LOCAL,
    SCRIPT,
    Read,
    later_meeting,
    read,
)
from tests.warehouse import builders as b
from tests.warehouse.trends_support import load
from warehouse import store
from warehouse.query import Filters
from warehouse.reader import open_reader
from warehouse.saved import hits_of
from warehouse.saved_file import add, tell

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The pages of an archive with months of which nothing is held."""
    made = load(tmp_path_factory.mktemp("gaps"))
    return TestClient(create_app(made), base_url=LOCAL)


def test_a_concordance_shows_context_whose_it_is_and_how_to_cite_it(client: TestClient) -> None:
    """Each with its second and its transcript."""
    page = read(client, f"/concordance?q=facial+recognition&meeting={FIRST}")

    assert "2 occurrences of “facial recognition”" in page.words
    assert (
        "The trial of live facial recognition ran for two days. We published a notice."
        in page.words
    )
    assert "Dr Grace Okoro (named by machine), Safer Communities Scrutiny Committee" in page.words
    assert "1 of 1 meeting searched, 2 June 2026" in page.words
    links = {a["href"] for a in page.all("a")}
    assert "https://webcast.aldermere.example/1?t=12" in links


def test_a_hit_of_the_search_can_be_cited(client: TestClient) -> None:
    """By a line of its own, not by that of another."""
    address = "/search.json?q=recognition+notice"
    data = client.get(address).json()

    pairs = list(zip(data["result"]["hits"], data["citations"], strict=True))
    assert len(pairs) > 1
    assert all(f"{hit['speaker']} (" in cited for hit, cited in pairs if hit["person"])
    assert all(hit["meeting_id"] in cited for hit, cited in pairs)
    page = read(client, address.replace(".json", ""))
    assert all(cited in page.words for cited in data["citations"])


def test_a_long_concordance_is_shown_a_page_at_a_time_and_whole(client: TestClient) -> None:
    """The pages together hold every occurrence once."""
    pages = [
        client.get(f"/concordance.json?q=remark&offset={n}").json() for n in range(0, 500, 100)
    ]

    said = [f"{o['words']}{o['right']}" for page in pages for o in page["occurrences"]]
    assert said == [f"remark {n}." for n in range(405)]
    assert [p["next_offset"] for p in pages] == [100, 200, 300, 400, None]
    last = read(client, "/concordance?q=remark&offset=400")
    assert "/concordance?q=remark&offset=300" in {a["href"] for a in last.all("a")}


def test_not_said_is_told_with_what_was_searched(client: TestClient) -> None:
    """It may have been said elsewhere, or misheard."""
    page = read(client, "/concordance?q=zeppelin")

    assert "Not found: zeppelin" in page.words
    assert "4 of 4 meetings searched" in page.words


def test_trends_have_a_picture_and_the_same_figures_as_a_table(gaps: TestClient) -> None:
    """Months without a searched meeting have no data."""
    page = read(gaps, "/trends?q=facial+recognition,zeppelin")

    (picture,) = page.all("img")
    assert picture["src"] == "/trends.svg?q=facial+recognition,zeppelin"
    assert "Times said per hour spoken, by month" in (picture["alt"] or "")
    heads = page.all("th")
    assert {h["scope"] for h in heads} == {"col", "colgroup", "row"}
    words = " ".join(page.words.split())
    assert "2 of 3 meetings searched" in words
    assert "Not searched, for want of a transcript: august." in words
    rows = gaps.get("/trends.json?q=facial+recognition,zeppelin").json()["trends"]["stretches"]
    assert [[f["per_hour"] for f in row["figures"]] for row in rows] == [
        [240.0, 0.0], [None, None], [None, None], [240.0, 0.0],
    ]  # fmt: skip
    assert page.words.count("no data") == 4


@pytest.mark.parametrize("by", ["month", "quarter", "year", "committee", "speaker-role"])
def test_the_picture_has_a_title_units_a_legend_and_what_was_searched(
    gaps: TestClient, by: str
) -> None:
    """And no script; the same figures give the same bytes."""
    address = f"/trends.svg?q=facial+recognition,{SCRIPT}&by={by}"
    answer = gaps.get(address)
    root = ElementTree.fromstring(answer.content)
    words = " ".join("".join(root.itertext()).split())

    phrases = f"“facial recognition”, “{SCRIPT}”"
    assert root.findtext(f"{SVG}title") == (
        f"{phrases}: times said per hour spoken, by {by.replace('-', ' ')}"
    )
    assert "2 of 3 meetings searched" in (root.findtext(f"{SVG}desc") or "")
    legend = {"".join(t.itertext()) for t in root.iter(f"{SVG}text")}
    assert {"“facial recognition”", f"“{SCRIPT}”"} <= legend
    assert ("August 2026 (no data)" in words) == (by == "month")
    assert not {e.tag for e in root.iter()} & {f"{SVG}script", f"{SVG}foreignObject"}
    assert answer.content == gaps.get(address).content
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["content-security-policy"]
    assert {k for k in HEADERS if k not in answer.headers} == set()


def test_a_picture_of_nothing_is_one_that_says_so(client: TestClient) -> None:
    """Filters that leave no meeting."""
    answer = client.get("/trends.svg?q=bins&from=2030-01-01")

    assert answer.status_code == 200
    assert b"0 of 0 meetings searched" in answer.content


@pytest.mark.parametrize(
    "address",
    [
        "/concordance?q=dragons",
        f"/concordance?q={SCRIPT}",
        f"/concordance?q=dragons&meeting={HOSTILE}",
        f"/trends?q={SCRIPT},%22%3E{SCRIPT}",
        f"/trends?q=x&by={SCRIPT}",
        "/trends?q=dragons&by=committee",
        f"/trends?q=x&committee={SCRIPT}",
        f"/saved/{SCRIPT}.atom",
    ],
)
def test_nothing_said_or_asked_becomes_part_of_a_page(client: TestClient, address: str) -> None:
    """The one picture is our own."""
    page = read(client, address)

    assert not {"script", "iframe", "object"} & {tag for tag, _ in page.tags}
    assert all((img["src"] or "").startswith("/trends.svg?") for img in page.all("img"))
    assert [a for a in page.all("a") if "javascript" in (a["href"] or "").lower()] == []
    assert all(not name.startswith("on") for _, attrs in page.tags for name in attrs)


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/concordance?q=%3F", 400, "holds no word to look for"),
        ("/concordance?q=x&speaker=Nobody", 404, "No speaker 'Nobody' in the archive"),
        ("/trends?q=x&by=week", 400, "No way to count by 'week'"),
        ("/trends?q=a,b,c,d,e,f,g,h,i", 400, "give at most 8"),
        ("/trends.svg?q=", 400, "There is no phrase to count"),
        ("/saved/none.rss", 404, "No saved search 'none' in the archive"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    client: TestClient, address: str, status: int, sentence: str
) -> None:
    """With what to do about it."""
    answer = client.get(address)

    assert (answer.status_code, sentence in Read(answer.text).words) == (status, True)


def test_a_saved_search_is_served_as_three_feeds(tmp_path: Path) -> None:
    """Entries keep their ids when a new meeting comes, and lead to the utterance."""
    store.load(tmp_path, [b.done(FIRST)])
    add(tmp_path, "schedule", "schedule", Filters())
    with TestClient(create_app(tmp_path), base_url=LOCAL) as client:
        before = client.get("/saved/schedule.json").json()
        store.load(tmp_path, [later_meeting()])
        after = client.get("/saved/schedule.json").json()
        atom, rss = (client.get(f"/saved/schedule.{kind}") for kind in ("atom", "rss"))
        leads = client.get(after["items"][0]["url"].partition("#")[0])
    kept = json.loads((tmp_path / "saved-searches.json").read_text())["searches"][0]

    ids = [item["id"] for item in after["items"]]
    assert ids[1:] == [item["id"] for item in before["items"]]
    assert [e.text for e in ElementTree.fromstring(rss.content).iter("guid")] == ids
    assert [e.text for e in ElementTree.fromstring(atom.content).iter(
        "{http://www.w3.org/2005/Atom}id")][1:] == ids  # fmt: skip
    assert atom.headers["content-type"].startswith("application/atom+xml")
    assert rss.headers["content-type"].startswith("application/rss+xml")
    assert leads.status_code == 200
    assert (kept["told_when"], kept["told"]) == ("", {})


def test_what_was_told_keeps_its_id_when_another_engine_hears_it(tmp_path: Path) -> None:
    """Else every reader would show it as new."""
    store.load(tmp_path, [b.done(FIRST)])
    search = add(tmp_path, "schedule", "schedule", Filters())
    with open_reader(tmp_path) as reader:
        tell(tmp_path, "schedule", hits_of(reader, search))
    with TestClient(create_app(tmp_path), base_url=LOCAL) as client:
        before = client.get("/saved/schedule.json").json()["items"]
        late = (("V1", "", "Chair."), *b.LINES)
        store.load(tmp_path, [b.one_transcript(b.transcript(FIRST, late))])
        after = client.get("/saved/schedule.json").json()["items"]

    assert [item["id"] for item in after] == [item["id"] for item in before]
    assert [item["url"] for item in after] != [item["url"] for item in before]


@pytest.mark.parametrize(
    ("q", "phrases"),
    [
        ("facial recognition, £1,000", ["facial recognition", "£1,000"]),
        ('"yes, minister", bins', ["yes, minister", "bins"]),
        ("a,b, 'c', 1,2", ["a", "b", "'c'", "1", "2"]),
        ('an "open quote, bins', ['an "open quote', "bins"]),
    ],
)
def test_a_comma_inside_a_number_or_quotes_parts_no_phrases(
    gaps: TestClient, q: str, phrases: list[str]
) -> None:
    """The others do."""
    assert gaps.get("/trends.json", params={"q": q}).json()["trends"]["phrases"] == phrases
