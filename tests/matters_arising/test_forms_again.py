"""A slip in a form is told above it, and what was typed stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient

from tests.matters_arising.desk.browsing import NEEDS_CHROMIUM
from tests.matters_arising.desk.support import served
from tests.matters_arising.web_support import HOOK, read

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

SLIPS = [
    ("/search?q=notice&speaker=Flecher&from=2026-06-01", 404, "No speaker 'Flecher' in the arch",
     {"q": "notice", "speaker": "Flecher", "from": "2026-06-01"}),
    ("/search?q=notice&mode=guess&to=soon", 400, "'soon' is no day for 'to'",
     {"q": "notice", "to": ""}),
    ("/recommendations?committee=Foo&words=bins", 404, "No committee 'Foo' in the archive",
     {"committee": "Foo", "words": "bins"}),
    ("/recommendations?year=2026", 400, "No municipal year '2026'", {"year": "2026"}),
    ("/trends?q=notice,bins&committee=Foo", 404, "No committee 'Foo'",
     {"q": "notice,bins", "committee": "Foo"}),
    ("/concordance?q=bins&speaker=Flecher", 404, "No speaker 'Flecher'",
     {"q": "bins", "speaker": "Flecher"}),
    (f"/search?q=x&speaker={HOOK}", 404, f"No speaker '{HOOK}'", {"speaker": HOOK}),
]  # fmt: skip


@pytest.mark.parametrize(("address", "status", "sentence", "typed"), SLIPS)
def test_the_form_is_there_again_with_what_was_typed(
    client: TestClient, address: str, status: int, sentence: str, typed: dict[str, str]
) -> None:
    answer = client.get(address)
    page = read(client, address)
    fields = {a["name"]: a.get("value") for a in page.all("input")}
    twin = client.get(address.replace("?", ".json?", 1))

    assert (answer.status_code, twin.status_code) == (status, status)
    assert sentence in page.words
    assert {name: fields[name] for name in typed} == typed
    assert set(twin.json()) == {"error"}
    assert page.words.lstrip().startswith("Error: ")
    assert "Nothing of this kind" not in page.words
    assert not page.all("img")


def test_what_is_no_address_of_a_form_is_told_alone(client: TestClient) -> None:
    assert not read(client, "/nowhere?q=x").all("input")


ROWS = """[...document.querySelectorAll('.asking details p')].reduce((rows, p) => {
  const top = Math.round(p.getBoundingClientRect().bottom);
  rows[top] = (rows[top] || 0) + 1; return rows; }, {})"""


@NEEDS_CHROMIUM
@pytest.mark.parametrize("width", [1280, 800, 390])
@pytest.mark.parametrize("address", ["/search", "/trends", "/concordance"])
def test_no_field_of_the_form_stands_alone_in_its_row(
    home: Path, browser: Browser, address: str, width: int
) -> None:
    with served(home) as desk:
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto(f"{desk.address}{address}")
        page.locator("main details summary").first.click()
        rows = page.evaluate(ROWS)
        page.close()

    assert len(set(rows.values())) == 1
    assert min(rows.values()) > 1
