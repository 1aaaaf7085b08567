"""The pages are safe: nothing said or asked gets into them, nothing is written by them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.errors import BusyError
from matters_arising.web.addresses import playable
from matters_arising.web.app import HEADERS, create_app
from tests.matters_arising.web_support import (
    FIRST,
    HOOK,
    HOSTILE,
    LOCAL,
    PAGES,
    REFERENCE,
    SCRIPT,
    Read,
    later_meeting,
    read,
)
from tests.warehouse import builders
from warehouse.store import load


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/meeting/{HOSTILE}",
        f"/meeting/{HOSTILE}?find=dragons",
        f"/meeting/{HOSTILE}?find={SCRIPT}",
        "/search?q=dragons",
        f"/search?q={SCRIPT}",
        f"/search?q=%22%3E{SCRIPT}&mode={SCRIPT}",
        f"/search?q=x&speaker={SCRIPT}",
        f"/search?q=x&from={SCRIPT}",
        f"/meeting/{SCRIPT}",
        f"/recommendation/{SCRIPT}",
        f"/{SCRIPT}",
        "/recommendations",
        "/floated",
        f"/recommendations?committee={SCRIPT}",
        f"/recommendations?state={SCRIPT}",
        f"/?{SCRIPT}",
    ],
)
def test_nothing_said_or_asked_becomes_part_of_a_page(client: TestClient, address: str) -> None:
    """Tags in words, names, titles, links and questions stay words."""
    page = read(client, address)

    sources = {
        attrs["src"] for tag, attrs in page.tags if tag in ("script", "img", "audio", "video")
    }
    assert "iframe" not in {tag for tag, _ in page.tags}
    assert {(src or "").partition("?")[0] for src in sources} <= {
        "/static/meeting.js",
        "/trends.svg",
    }
    assert [a for a in page.all("a") if "javascript" in (a["href"] or "").lower()] == []
    assert all(not name.startswith("on") for _, attrs in page.tags for name in attrs)


def test_hostile_words_are_shown_as_they_were_said(client: TestClient) -> None:
    """Escaping changes nothing of what a reader sees, and no template runs in them."""
    page = read(client, f"/meeting/{HOSTILE}")

    assert f"I recommend {SCRIPT} that {HOOK} {{{{7*7}}}} dragons." in page.words
    assert f"Cllr {SCRIPT}" in page.words


@pytest.mark.parametrize(
    ("link", "clickable"),
    [
        ("https://webcast.aldermere.example/1?t=3", True),
        ("http://webcast.aldermere.example/1", True),
        ("JavaScript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//elsewhere.example/x", False),
        ("https:nowhere", False),
        ("http://[broken", False),
        ("recordings/first.opus#t=3.0", False),
    ],
)
def test_only_web_addresses_are_clickable(link: str, clickable: bool) -> None:
    """A link comes out of a meeting file, which anybody may have written."""
    assert playable(link) is clickable


@pytest.mark.parametrize("address", [*PAGES, "/index.json", "/static/none"])
def test_every_answer_has_strict_headers(client: TestClient, address: str) -> None:
    """Whatever is on a page, it can load nothing but its own style and send nothing away."""
    answer = client.get(address)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_style_is_kept_by_browsers_and_the_pages_are_not(client: TestClient) -> None:
    """A name that is withheld tomorrow must not stay in a browser; the style names nobody."""
    style, page = client.get("/static/pages.css"), client.get("/")

    assert style.headers["Cache-Control"] == "public, max-age=3600"
    assert page.headers["Cache-Control"] == "no-store"
    assert style.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/nowhere", 404, "There is no page /nowhere here"),
        ("/static/none", 404, "There is no page /static/none here"),
        ("/docs", 404, "There is no page"),
        ("/openapi", 404, "There is no page"),
        ("/meeting/2020-01-01", 404, "No meeting '2020-01-01' in the archive"),
        (f"/meeting/{FIRST}?utterance=u9999", 404, f"No utterance of the meeting '{FIRST}'"),
        ("/recommendation/SCSC/1", 404, f"(it holds: {REFERENCE}"),
        ("/search?q=x&speaker=Nobody", 404, "No speaker 'Nobody' in the archive"),
        ("/search?q=x&mode=magic", 400, "(there is: both, meaning, words)"),
        ("/search?q=x&kind=rumour", 400, "No kind of finding 'rumour'"),
        ("/search?q=x&from=yesterday", 400, "'yesterday' is no day for 'from'"),
        ("/search?q=%3F", 400, "holds no word to search for"),
        ("/search?q=x&k=0", 400, "'0' cannot be used as 'k'"),
        (f"/meeting/{FIRST}?t=nan", 400, "'nan' cannot be used as 't'"),
        (f"/meeting/{FIRST}?offset=-1", 400, "'-1' cannot be used as 'offset'"),
        (f"/search?q={'x' * 501}", 400, "at most 500 characters"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_sentence(
    client: TestClient, address: str, status: int, sentence: str
) -> None:
    """As a page and as JSON, without a traceback."""
    path, _, query = address.partition("?")
    page, data = client.get(address), client.get(f"{path}.json?{query}")

    assert (page.status_code, data.status_code) == (status, status)
    assert sentence.removesuffix(" here")[1:] in Read(page.text).words
    assert list(data.json()) == ["error"]
    assert "Traceback" not in page.text + data.text


def test_a_bug_is_told_to_the_log_and_not_to_the_reader(
    home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page stays calm and keeps its headers."""

    def encoder() -> object:
        raise RuntimeError("secret")

    with TestClient(create_app(home, encoder=encoder), base_url=LOCAL) as client:  # type: ignore[arg-type]
        page = client.get("/search?q=cameras&mode=meaning")

    assert (page.status_code, page.headers["X-Content-Type-Options"]) == (500, "nosniff")
    assert "fault of the program" in page.text
    assert "secret" not in page.text
    assert "could not show /search" in caplog.text


def busy() -> None:
    """A page that waits in vain for its turn."""
    raise BusyError("another process has held /srv/archive/desk/corrections.json for 20 seconds")


def test_another_who_writes_is_told_as_that_and_without_a_folder(home: Path) -> None:
    """It is no load of the archive, and the reason is in the log."""
    app = create_app(home)
    app.add_api_route("/busy", busy)
    with TestClient(app, base_url=LOCAL) as client:
        page = client.get("/busy")

    assert page.status_code == 503
    assert "Somebody else is writing at this moment" in Read(page.text).words
    assert "/srv" not in page.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_pages_only_read(client: TestClient, method: str) -> None:
    """Nothing can be changed through them."""
    assert client.request(method, f"/meeting/{FIRST}").status_code == 405


def test_a_foreign_name_that_points_here_is_not_answered(client: TestClient) -> None:
    """Else any web page could read the archive through its visitor's browser."""
    foreign = client.get("/", headers={"host": "elsewhere.example"})

    assert foreign.status_code == 400


def test_a_newer_warehouse_is_shown_without_a_restart(tmp_path: Path) -> None:
    """Whoever has the page open sees the new meeting on the next load."""
    load(tmp_path, [builders.done(FIRST)])
    with TestClient(create_app(tmp_path), base_url=LOCAL) as client:
        before = client.get("/index.json").json()["holds"]["meetings"]
        load(tmp_path, [later_meeting()])
        after = client.get("/index.json").json()["holds"]["meetings"]

    assert (before, after) == (1, 2)


def test_the_pages_never_load_flows_or_prefect() -> None:
    """Reading an archive must not wait for what only processing needs."""
    words = (
        "import sys, matters_arising.web.app; "
        "print({'flows', 'prefect', 'torch'} & set(sys.modules))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, timeout=60, check=True
    )

    assert loaded.stdout.strip() == "set()"
