"""Many readers at once: a few pages are made at a time, and what memory is lacking for is told."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from matters_arising.errors import NoRoomError
from matters_arising.web.app import AT_ONCE, create_app
from tests.matters_arising.desk.support import served
from tests.matters_arising.web_support import LOCAL
from tests.warehouse import builders as b
from warehouse import listings, store
from warehouse.deadline import within
from warehouse.reader import Reader, open_reader


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("many")
    store.load(made, [b.done("june")])
    return made


def test_a_few_pages_are_made_at_a_time_and_all_are(home: Path) -> None:
    lock, at_work, most = threading.Lock(), 0, 0

    def slow() -> str:
        nonlocal at_work, most
        with lock:
            at_work += 1
            most = max(most, at_work)
        time.sleep(0.05)
        with lock:
            at_work -= 1
        return "done"

    with served(home) as pages, ThreadPoolExecutor(4 * AT_ONCE) as readers:
        pages.app.add_api_route("/slow", slow)
        asked = [readers.submit(httpx.get, f"{pages.address}/slow") for _ in range(4 * AT_ONCE)]
        answers = [one.result().status_code for one in asked]

    assert answers == [200] * 4 * AT_ONCE
    assert most == AT_ONCE


def test_what_needs_more_memory_than_there_is_is_no_fault_of_the_program(home: Path) -> None:
    wide = "SELECT list(range) FROM range(20_000_000)"
    with open_reader(home) as reader:
        reader.con.execute("SET memory_limit = '20MB'")
        with pytest.raises(NoRoomError), within(reader, 20):
            reader.con.execute(wide)


def test_a_page_for_which_memory_is_lacking_says_so(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(reader: Reader, *_: object) -> None:
        raise NoRoomError

    monkeypatch.setattr(listings, "listing", lacking)
    with TestClient(create_app(home), base_url=LOCAL) as client:
        answer = client.get("/floated?committee=SCSC")

    assert answer.status_code == 503
    assert "try again in a minute" in answer.text


def test_what_was_recommended_is_looked_up_once_for_all_pages_of_it(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, listing = [], listings.listing

    def counted(*arguments: object) -> object:
        asked.append(arguments)
        return listing(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(listings, "listing", counted)
    with TestClient(create_app(home), base_url=LOCAL) as client:
        pages = [client.get(f"/floated.json?offset={n}").json() for n in (0, 0, 1)]

    assert len(asked) == 1
    assert [len(page["recommendations"]) for page in pages] == [1, 1, 0]
