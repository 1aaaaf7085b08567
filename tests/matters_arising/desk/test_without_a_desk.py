"""Where nobody sits at a desk nothing is taken that nobody would see, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from matters_arising.cli.serve import _tell_of_corrections
from matters_arising.web.desk.accounts import Accounts
from matters_arising.web.desk.corrections import Corrections
from tests.matters_arising.desk.support import ANN, Clerk, Desk, served

CONTACT = "scrutiny@aldermere.example"


def nobody(home: Path) -> None:
    for account in Accounts(home).all():
        Accounts(home).remove(account.name)


@pytest.mark.parametrize("public", [True, False], ids=["public", "no accounts"])
def test_instead_of_a_form_stands_whom_to_write_to(home: Path, public: bool) -> None:
    if not public:
        nobody(home)
    with served(home, desk=not public, contact=CONTACT) as desk:
        reader = Clerk(desk.client())
        reader.open("/corrections?where=/meeting/2026-06-02&sent=1")
        page, words = reader.page, reader.words
        twin = desk.client().get("/corrections.json").json()
        about = reader.open("/about")

    assert 'action="/corrections"' not in page
    assert f"Write to {CONTACT} , who runs these pages" in words
    assert "You came from /meeting/2026-06-02" in words
    assert "A person will look at it" not in words
    assert (twin["form"], twin["contact"]) == ("", CONTACT)
    assert CONTACT in about
    assert '<a href="/corrections">Ask for a correction</a></p>' not in about


def test_where_somebody_sits_at_a_desk_the_form_is_offered(open_desk: Desk) -> None:
    reader = Clerk(open_desk.client())

    assert '<a href="/corrections">Ask for a correction</a></p>' in reader.open("/about")
    assert 'action="/corrections"' in reader.open("/corrections")
    assert open_desk.client().get("/corrections.json").json()["form"] == "/corrections"


def test_without_anybody_to_write_to_a_sentence_says_so(home: Path) -> None:
    with served(home, desk=False) as desk:
        words = Clerk(desk.client()).open("/corrections")

    assert "write to the council whose meetings they show" in words


def test_what_is_sent_when_the_desk_has_gone_is_shown_again_and_not_kept(home: Path) -> None:
    with served(home) as desk:
        reader = Clerk(desk.client())
        reader.open("/corrections")
        nobody(home)
        reader.send("/corrections", what="I am Pety, not Petty")

    assert reader.status == 404
    assert "it was not kept" in reader.words
    assert "I am Pety, not Petty" in reader.words
    assert Corrections(home).all() == []


def test_whoever_starts_pages_without_a_desk_is_told_what_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Corrections(tmp_path).add("one", "", "")
    for shown in (True, False):
        _tell_of_corrections(tmp_path, shown_at_a_desk=shown)
    told = capsys.readouterr().out
    (tmp_path / "desk" / "corrections.json").write_text("{", encoding="utf-8")
    _tell_of_corrections(tmp_path, shown_at_a_desk=False)

    assert told == "Open corrections that readers asked for: 1 (matters desk corrections)\n"
    assert capsys.readouterr().out == ""


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), "desk", "corrections", *words])


def test_the_command_lists_what_is_open_and_nothing_else(tmp_path: Path) -> None:
    none = run(tmp_path)
    kept = [Corrections(tmp_path).add(what, "/meeting/june", "me") for what in ("one", "two")]
    Corrections(tmp_path).close(kept[0].id, ANN, "done", lambda: "")
    listed = run(tmp_path, "--json")
    table = run(tmp_path)

    assert none.output == "no correction is open\n"
    assert listed.exit_code == 0, listed.output
    assert json.loads(listed.output) == [
        {"id": kept[1].id, "when": kept[1].when, "what": "two", "where": "/meeting/june",
         "contact": "me"}
    ]  # fmt: skip
    assert "two" in table.output
    assert "one" not in table.output.split()
