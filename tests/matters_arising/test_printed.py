"""A page is made once while nothing changed, and anew the moment something did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from flows.load import rebuild
from matters_arising.web import printed
from matters_arising.web.app import create_app
from tests.matters_arising.web_support import FIRST, LOCAL
from tests.warehouse import builders
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record
from warehouse.store import load

MEETING = f"/meeting/{FIRST}"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of one meeting, with its record."""
    done = builders.done(FIRST)
    Record(tmp_path).save(done, key="k1")
    load(tmp_path, [done])
    Ledger(tmp_path).append([_note("the first line")])
    rebuild(tmp_path)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that were filled in, in order."""
    from matters_arising.web import app

    told: list[str] = []
    page = app.page

    def noted(request, template, data, status=200):  # type: ignore[no-untyped-def]
        told.append(template)
        return page(request, template, data, status)

    monkeypatch.setattr(app, "page", noted)
    return told


@pytest.fixture
def client(home: Path, made: list[str]) -> Iterator[TestClient]:
    with TestClient(create_app(home), base_url=LOCAL) as client:
        yield client


def _note(text: str) -> Decision:
    return Decision(kind="note", verdict=text, who="A", when=now(), reference="SCSC/2026-27/01")


def test_a_page_is_made_once_for_all_who_ask_and_is_the_same_for_each(
    client: TestClient, made: list[str]
) -> None:
    first, again = client.get(MEETING), client.get(MEETING)
    other = client.get(f"{MEETING}?find=cameras")
    plain = client.get(MEETING, headers={"Accept-Encoding": "identity"})

    assert made == ["meeting.html"] * 3
    assert first.text == again.text == plain.text != other.text
    assert dict(first.headers) == dict(again.headers)
    assert again.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers


def test_a_name_withheld_a_moment_ago_is_in_no_page_that_was_made_before(
    client: TestClient, home: Path
) -> None:
    before = client.get(MEETING).text
    hide = Decision(kind="withhold", verdict="withheld", who="A", when=now(), name="Tom Petty")
    Ledger(home).append([hide])

    assert "Petty" in before
    assert "Petty" not in client.get(MEETING).text


def test_a_newer_warehouse_and_another_day_make_pages_anew(
    client: TestClient, home: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from matters_arising.web import app

    client.get("/")
    rebuild(home)
    client.get("/")
    client.get("/")
    monkeypatch.setattr(app, "date", Later)
    client.get("/")

    assert made == ["front.html"] * 3


class Later(date):
    """A calendar that has gone on."""

    @classmethod
    def today(cls) -> Later:
        return cls(2099, 1, 1)


def test_neither_faults_nor_files_nor_the_desk_are_kept(
    client: TestClient, made: list[str]
) -> None:
    for address in ("/nowhere", f"{MEETING}/transcript.csv", "/corrections", "/nowhere"):
        client.get(address)

    assert made == ["problem.html"] * 2
    assert not printed_of(client)._kept


def test_what_is_kept_stays_within_its_bounds(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    monkeypatch.setattr(printed, "MOST", 10_000)
    for word in ("cameras", "schedule", "notice", "residents"):
        client.get(f"/search?q={word}")
    client.get("/search?q=cameras")
    kept = printed_of(client)

    assert 0 < kept._size == sum(s.size for s in kept._kept.values()) <= 10_000
    assert made == ["search.html"] * 5  # the oldest had to go


def test_all_that_is_kept_of_a_page_counts_and_a_long_address_is_kept_of_none(
    client: TestClient,
) -> None:
    """Else memory could be filled by whoever asks for one page under many addresses."""
    client.get(f"/committees.json?x={'a' * printed.LONGEST}")
    long = dict(printed_of(client)._kept)
    client.get("/committees.json?x=a")
    (sheet,) = printed_of(client)._kept.values()

    assert long == {}
    assert sheet.size > len(sheet.body) + printed.LONGEST


def test_what_was_made_from_another_state_or_is_too_old_is_let_go(
    client: TestClient, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = printed_of(client)
    client.get("/committees")
    Ledger(home).append([_note("the second line")])
    client.get("/about")
    after_a_line = [key[2] for key in kept._kept]  # type: ignore[index]
    monkeypatch.setattr(kept, "_clock", lambda: 10**9)
    client.get("/concerns")

    assert after_a_line == ["/about"]
    assert [key[2] for key in kept._kept] == ["/concerns"]  # type: ignore[index]


def test_a_page_is_late_about_the_rest_by_a_minute_at_most(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, made: list[str]
) -> None:
    client.get("/about")
    monkeypatch.setattr(printed_of(client), "_clock", lambda: 10**9)
    client.get("/about")

    assert made == ["about.html"] * 2


def printed_of(client: TestClient) -> printed.Printed:
    return next(layer for layer in _layers(client) if isinstance(layer, printed.Printed))


def _layers(client: TestClient) -> Iterator[object]:
    layer = client.app.middleware_stack  # type: ignore[attr-defined]
    while layer is not None:
        yield layer
        layer = getattr(layer, "app", None)
