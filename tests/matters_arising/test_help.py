"""Help is found from every page, and says in short what the tutorials say at length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web.guides import GUIDES, Guide
from tests.matters_arising.web_support import PAGES, read

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
def test_a_guide_has_the_steps_of_its_tutorial(guide: Guide) -> None:
    """By their titles, in their order: else one of the two is out of date."""
    told = (ROOT / guide.tutorial).read_text(encoding="utf-8")

    assert re.findall(r"^## \d+\. (.+)$", told, re.MULTILINE) == [s.title for s in guide.steps]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_leads_to_it(client: TestClient, address: str) -> None:
    """Also one that refuses."""
    assert "/help" in {a["href"] for a in read(client, address).all("a")}


def test_the_pages_it_leads_to_are_there(client: TestClient) -> None:
    """And so are its own places."""
    page = read(client, "/help")
    links = [a["href"] or "" for a in page.all("a")]
    ids = {attrs.get("id") for _, attrs in page.tags}

    assert [a for a in links if a.startswith("#") and a[1:] not in ids] == []
    assert {client.get(a).status_code for a in links if a.startswith("/")} == {200}
