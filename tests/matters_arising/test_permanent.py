"""The address of a worry or a recommendation leads to it also when its meeting was heard anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.app import create_app
from tests.sample_home import make_home

LOCAL = "http://127.0.0.1"

DAYS = ("06-11", "07-16")


@pytest.fixture(scope="module")
def before(sample_home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(sample_home), base_url=LOCAL) as room:
        yield room


@pytest.fixture(scope="module")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The same recordings, each word of which stands 1.7 seconds later."""
    home = make_home(tmp_path_factory.mktemp("anew"), late_s=1.7)
    with TestClient(create_app(home), base_url=LOCAL) as room:
        yield room


def numberless(room: TestClient) -> list[dict[str, Any]]:
    every = room.get("/recommendations.json?state=all").json()["recommendations"]
    return [entry for entry in every if "/" not in entry["reference"]]


def test_addresses_outlive_the_ids_that_a_run_gave(before: TestClient, anew: TestClient) -> None:
    threads = before.get("/concerns.json").json()["threads"]
    found = [c for thread in threads for c in thread["concerns"]]
    ids = {
        c["finding_id"] for t in anew.get("/concerns.json").json()["threads"] for c in t["concerns"]
    }
    kept = 0
    for concern in found:
        place = before.get(f"/concern/{concern['finding_id']}.json").json()["permanent"]
        told = anew.get(f"{place}.json").json()
        kept += concern["quote"] in [c["quote"] for c in told["thread"]["concerns"]]
        assert told["made_anew"]
        assert "made anew" in anew.get(place).text
        assert told["permanent"] != place

    assert len(found) > 3
    assert not ids & {c["finding_id"] for c in found}
    assert kept == len(found)


def test_a_recommendation_without_a_number_keeps_its_address(
    before: TestClient, anew: TestClient
) -> None:
    entries = numberless(before)
    page = before.get("/recommendations?state=all").text
    for entry in entries:
        place = before.get(f"/recommendation/{entry['reference']}.json").json()["permanent"]
        told = anew.get(f"{place}.json").json()
        assert f'<a href="{place}">no number</a>' in page
        assert told["entry"]["text_spoken"] == entry["text_spoken"]
        assert told["made_anew"]
        assert f'<link rel="canonical" href="{LOCAL}{told["permanent"]}">' in anew.get(place).text

    assert entries
    assert not {e["reference"] for e in entries} & {e["reference"] for e in numberless(anew)}


def test_one_with_a_number_is_called_by_it(before: TestClient) -> None:
    told = before.get("/recommendation/SCSC/2026-27/01.json").json()

    assert (told["permanent"], told["made_anew"]) == ("/recommendation/SCSC/2026-27/01", False)


def test_a_concern_of_no_thread_is_shown_by_itself(before: TestClient) -> None:
    threads = before.get("/concerns.json").json()["threads"]
    together = {c["finding_id"] for thread in threads for c in thread["concerns"]}
    meetings = [before.get(f"/meeting/aldermere-scsc-2026-{day}.json") for day in DAYS]
    held = [f for m in meetings for f in m.json()["findings"]["concern"]]
    pages = {
        f["quote"]: before.get(f"/concern/{f['finding_id']}").text
        for f in held
        if f["finding_id"] not in together
    }
    by_themselves = {q: p for q, p in pages.items() if "No other was found to be the same" in p}

    assert by_themselves
    assert all(quote in page for quote, page in by_themselves.items())


@pytest.mark.parametrize("asked", ["000000000000:1000", "nonsense", "0" * 16, "x:1.1"])
def test_where_no_concern_is_nothing_is_told(before: TestClient, asked: str) -> None:
    answer = before.get(f"/concern/{asked}")

    assert answer.status_code == 404
    assert not re.search("<blockquote>", answer.text)
