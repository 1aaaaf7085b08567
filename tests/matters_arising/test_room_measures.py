"""What pages promise of themselves: light, with a description, handing out a bit at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pytest
from fastapi.testclient import TestClient

from matters_arising.web import downloads
from tests.matters_arising.web_support import FIRST, LONG, REFERENCE, Read

MOST = 100_000  # bytes of a page as it is sent, with its style and script, without media
OF_THE_FRAME = "What was said in council meetings, word for word, and what became of it."
PAGES = (
    "/", "/search", "/search?q=cameras", "/trends?q=cameras", "/concordance?q=cameras",
    f"/meeting/{FIRST}", f"/meeting/{LONG}", "/recommendations", f"/recommendation/{REFERENCE}",
    "/floated", "/person/ann-varley", "/committees", "/committee/scsc", "/concerns", "/about",
    "/corrections", "/help",
)  # fmt: skip


def sent(client: TestClient, address: str) -> int:
    """Bytes on the line, compressed where the pages compress."""
    with client.stream("GET", address, headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.status_code == 200
        return sum(map(len, answer.iter_raw()))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_light_with_all_that_it_loads(client: TestClient, address: str) -> None:
    """Also one of 400 utterances."""
    page = Read(client.get(address).text)
    files = {link["href"] for link in page.all("link") if link["rel"] in ("stylesheet", "icon")}
    files |= {script["src"] for script in page.all("script")}

    assert sent(client, address) + sum(sent(client, str(file)) for file in files) < MOST


def test_each_page_has_a_description_of_its_own(client: TestClient) -> None:
    """Not that of all pages: it is what those see to whom a link is sent."""
    told = {}
    for address in PAGES:
        (meta,) = [m for m in Read(client.get(address).text).all("meta")
                   if m.get("name") == "description"]  # fmt: skip
        told[address] = meta["content"] or ""

    assert len(set(told.values())) == len(PAGES)
    assert OF_THE_FRAME not in told.values()
    assert min(map(len, told.values())) > 25


@pytest.mark.parametrize("format", ["vtt", "csv", "json"])
def test_a_download_begins_before_its_last_row_is_read(format: str) -> None:
    """So that a day-long meeting takes no more memory than a short one."""
    taken = 0

    def rows() -> Iterator[dict[str, Any]]:
        nonlocal taken
        for number in range(1, 100_001):
            taken = number
            row: dict[str, Any] = dict.fromkeys(downloads.COLUMNS, "word")
            yield row | {"start_s": 1.0, "end_s": 2.0}

    write, _ = downloads.FORMATS[format]
    first = "".join(islice(write(rows(), {"meeting": {}}), 3))

    assert "word" in first
    assert taken < 5_000


@pytest.mark.parametrize("format", ["vtt", "csv", "json"])
def test_a_download_is_sent_as_it_is_made(client: TestClient, format: str) -> None:
    """Nobody knows at its beginning how long it will be."""
    address = f"/meeting/{LONG}/transcript.{format}"
    with client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as answer:
        length, words = answer.headers.get("content-length"), answer.read().decode()

    assert length is None
    assert len(re.findall(r"This is remark \d+\.", words)) == 405
