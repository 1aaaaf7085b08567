"""A name that was withheld a moment ago, before the warehouse is loaded again, leaves by no way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from matters_arising.errors import NotInArchiveError
from matters_arising.web.app import create_app
from tests.matters_arising.room_support import MEETING, archive_of, asked_of, kept, pages_of
from tests.matters_arising.web_support import LOCAL
from transcripts.ledger import Decision, Ledger, now
from warehouse.query import Filters
from warehouse.saved_file import add

NAME = "Tom Petty"
REFUSED = ("/recommendation/none", "/person/zz", "/committee/zz", "/meeting/zz", "/listing",
           "/recommendations?committee=zz", "/recommendations?addressee=zz")  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings in which he spoke and was named."""
    made = tmp_path_factory.mktemp("names")
    return archive_of(made, [kept(made, MEETING), kept(made, "2026-07-07")])


@pytest.fixture(scope="module")
def before(home: Path) -> dict[str, str]:
    """The pages as they were until then."""
    with TestClient(create_app(home), base_url=LOCAL) as reader:
        return {address: reader.get(address).text for address in pages_of(reader)}


@pytest.fixture(scope="module")
def reader(home: Path, before: dict[str, str]) -> Iterator[TestClient]:
    """Who reads since."""
    assert before
    line = Decision("withhold", "withheld", "clerk", now(), name=NAME, why="asked")
    Ledger(home).append([line])
    app = create_app(home)
    app.add_api_route("/listing", listing)
    with TestClient(app, base_url=LOCAL) as made:
        yield made


def listing() -> None:
    """A page that refuses with all that are held, as the warehouse does."""
    raise NotInArchiveError("speaker", "zz", [f"Cllr {NAME}", "Cllr Ann Varley"])


def test_it_is_taken_out_of_every_page_that_asks_for_nothing(
    reader: TestClient, before: dict[str, str]
) -> None:
    after = {address: reader.get(address) for address in before}

    told = [address for address, text in before.items() if NAME in text]
    assert {"/concern/t", "/concern/t.json", f"/meeting/{MEETING}/transcript.vtt"} <= set(told)
    assert {a: r.status_code for a, r in after.items() if r.status_code != 200} == {}
    assert [a for a, r in after.items() if NAME in r.text] == []


def test_it_has_no_page_and_others_keep_theirs(reader: TestClient) -> None:
    own, other = reader.get("/person/tom-petty"), reader.get("/person/ann-varley")

    assert (own.status_code, other.status_code) == (404, 200)
    assert NAME not in own.text


@pytest.mark.parametrize("words", ["petty", "cameras"])
def test_what_asks_for_words_waits_for_the_load(reader: TestClient, words: str) -> None:
    """Else the name could be guessed at by what is found."""
    assert {a: reader.get(a).status_code for a in asked_of(words)} == dict.fromkeys(
        asked_of(words), 503
    )


@pytest.mark.parametrize("name", ["Tom Petty", "Ann Varley", "zz"])
@pytest.mark.parametrize("page", ["/floated", "/floated.json"])
def test_no_speaker_can_be_asked_for_one_by_one(reader: TestClient, page: str, name: str) -> None:
    """All are answered alike."""
    answer = reader.get(page, params={"speaker": name})

    assert answer.status_code == 503
    assert NAME not in answer.text


@pytest.mark.parametrize("address", REFUSED)
def test_no_refusal_lists_it(reader: TestClient, address: str) -> None:
    answer = reader.get(address)

    assert answer.status_code in (200, 404)
    assert NAME not in answer.text


def test_a_saved_search_for_a_withheld_name_is_no_feed_any_more(tmp_path: Path) -> None:
    """Loaded or not: its title and its link would say the name. Nor is what others look for."""
    line = Decision("withhold", "withheld", "clerk", now(), name=NAME)
    Ledger(tmp_path).append([line])
    archive_of(tmp_path, [kept(tmp_path, MEETING)])
    add(tmp_path, "one", "tom petty", Filters())
    add(tmp_path, "other", "agrees", Filters(speaker=NAME))
    with TestClient(create_app(tmp_path), base_url=LOCAL) as reader:
        asked = {name: reader.get(f"/saved/{name}.atom") for name in ("one", "other", "none")}
        free = reader.get("/saved/agrees.atom")

    assert {a.status_code for a in asked.values()} == {404}
    told = "".join(a.text for a in asked.values())
    assert "petty" not in told.lower()
    assert "agrees" not in told
    assert free.status_code == 200
