"""Long listings: all that match is counted, and every row is reached a page at a time."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web import committees, pages
from matters_arising.web.app import create_app
from tests.matters_arising.web_support import LOCAL
from warehouse import counting

SAID = 405  # of the long meeting: "This is remark 7."


@pytest.fixture(scope="module")
def sample(sample_home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(sample_home), base_url=LOCAL) as made:
        yield made


def onward(page: str, words: str) -> str:
    found = re.search(f'href="([^"]+)">{words}</a>', page)
    return html.unescape(found[1]) if found else ""


def test_parts_count_all_that_match_and_lead_to_as_many(client: TestClient) -> None:
    told = client.get("/search.json?q=remark").json()
    parts = {part["name"]: part for rows in told["narrower"].values() for part in rows}

    assert told["counted"] == SAID
    assert told["counted_all"]
    assert parts["2026"]["hits"] == SAID
    for part in parts.values():
        narrowed = client.get(part["address"].replace("/search?", "/search.json?")).json()
        assert narrowed["counted"] == part["hits"]


def test_hits_are_turned_over_to_the_last(client: TestClient) -> None:
    address, seen = "/search?q=remark&k=100", []
    while address:
        page = client.get(address).text
        seen += re.findall(r"<b>“(This is remark \d+\.)”</b>", page)
        address = onward(page, "Further matches")

    assert "Sentences 401 to 405 of 405" in page
    assert len(seen) == len(set(seen)) == SAID


def test_a_phrase_is_counted_where_it_stands_and_not_where_its_words_do(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = client.get('/search.json?q="remark 7"').json()
    monkeypatch.setattr(counting, "MOST_READ", 10)
    some = client.get('/search.json?q="this is"').json()
    page = client.get('/search?q="this is"').text

    assert (one["counted"], one["counted_all"]) == (1, True)
    assert (some["counted"], some["counted_all"]) == (10, False)
    assert "of at least 10, word for word" in page or "At least 10 sentences match" in page


def test_too_many_to_tell_apart_are_counted_all_the_same(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "MOST_PARTED", 100)
    page = client.get("/search?q=remarks").text

    assert f"{SAID} sentences match" in page
    assert "too many to tell apart" in page


def test_nothing_found_counts_nothing(client: TestClient) -> None:
    told = client.get("/search.json?q=zeppelin").json()

    assert (told["counted"], told["next_page"]) == (0, "")
    assert not any(told["narrower"].values())


def test_the_register_is_turned_over_to_the_last(
    sample: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = [r["reference"] for r in sample.get("/recommendations.json").json()["recommendations"]]
    monkeypatch.setattr(pages, "PAGE", 2)
    address, seen = "/recommendations?words=the&state=open", []
    while address:
        page = sample.get(address).text
        seen += re.findall(r'<p class="meta"><a href="/recommendation/[^"]+">([^<]+)</a>', page)
        address = onward(page, "Later recommendations")
    wanted = sample.get("/recommendations.json?words=the&state=open").json()

    assert len(whole) > 2
    assert wanted["counted"] == len(seen) == len(set(seen)) > 2
    assert set(seen) <= set(whole)


def test_worries_are_turned_over_to_the_last(
    sample: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sample.get("/concerns.json").json()
    monkeypatch.setattr(committees, "PAGE", 1)
    address, seen = "/concerns?committee=SCSC", []
    while address:
        page = sample.get(address).text
        seen += re.findall(r'<a href="/concern/([^"]+)">', page)
        address = onward(page, "Earlier worries")

    assert whole["found"] == len(whole["threads"]) > 1
    assert len(seen) == len(set(seen))
    told = [sample.get(f"/concern/{place}.json").json()["thread"] for place in seen]
    assert told == whole["threads"]
    assert "does not go that far" in sample.get("/concerns?offset=1000").text
