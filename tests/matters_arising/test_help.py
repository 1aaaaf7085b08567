"""Help is found from every page, and says in short what the tutorials say at length."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.web import tutorials
from matters_arising.web.app import create_app
from matters_arising.web.guides import GUIDES, Guide
from matters_arising.web.tutorials import TUTORIALS
from tests.matters_arising.web_support import LOCAL, PAGES, Read, read

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


@pytest.mark.parametrize("name", TUTORIALS)
def test_a_tutorial_is_a_page_with_its_pictures(client: TestClient, name: str) -> None:
    """As many as its file shows, each with its alternative; its links lead to pages."""
    written = (ROOT / TUTORIALS[name]).read_text(encoding="utf-8")
    page = read(client, f"/help/{name}")
    pictures = page.all("img")
    links = [a["href"] or "" for a in page.all("a")]

    assert len(pictures) == written.count("](../images/") > 0
    assert all(p["alt"] for p in pictures)
    assert {client.get(p["src"] or "").headers["content-type"] for p in pictures} == {"image/png"}
    assert {client.get(a).status_code for a in links if not a.startswith("#")} == {200}
    assert [t for t in re.findall(r"^## (.+)$", written, re.MULTILINE) if t not in page.words] == []
    assert client.get(f"/help/{name}.json").json()["markdown"] == written
    assert f"/help/{name}" in {a["href"] for a in read(client, "/help").all("a")}


@pytest.mark.parametrize("path", [
    "/help/nobody", "/help/..%2F..%2Fprivacy", "/help/pictures/none.png",
    "/help/pictures/..%2F..%2Fpyproject.toml", "/help/pictures/..%2Ftutorials%2Fclerk.md",
    "/help/pictures/", "/help/clerk.md",
])  # fmt: skip
def test_nothing_else_is_reached(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_a_tutorial_says_is_text_and_what_is_not_served_no_link(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = (
        "# T\n\n<script>alert(1)</script> [a page](clerk.md#x) [a file](../how-to/sql.md) "
        "[away](https://example.com/) [bad](javascript:alert(1))\n\n"
        "![none](../images/none.png) ![far](https://example.com/x.png) "
        '![it](../images/search.png "<b>")\n'
    )
    (tmp_path / "docs" / "tutorials").mkdir(parents=True)
    (tmp_path / "docs" / "tutorials" / "clerk.md").write_text(written, encoding="utf-8")
    monkeypatch.setattr(tutorials, "DOCS", tmp_path / "docs")
    page = Read(str(tutorials.as_html.__wrapped__("clerk")))

    assert [a["href"] for a in page.all("a")] == ["/help/clerk"]
    assert [i["src"] for i in page.all("img")] == ["/help/pictures/search.png"]
    assert not page.all("script")
    assert "<script>alert(1)</script> a page a file away" in page.words
    assert "none far" in page.words


def test_without_the_files_their_names_are_told_as_before(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in an installation that was made from a wheel."""
    monkeypatch.setattr(tutorials, "DOCS", tmp_path / "docs")
    with TestClient(create_app(home), base_url=LOCAL) as client:
        page = read(client, "/help")
        statuses = {client.get(p).status_code for p in ("/help/clerk", "/help/pictures/search.png")}

    assert "docs/tutorials/clerk.md of the program" in page.words
    assert "/help/clerk" not in {a["href"] for a in page.all("a")}
    assert statuses == {404}
