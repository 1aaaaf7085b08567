"""``matters decide point``: what a point of the minutes is that nobody heard."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient

from matters_arising.cli import main
from matters_arising.web.app import create_app
from tests.matters_arising.desk.support import MEETING, REFERENCE, make
from transcripts.ledger import Ledger, those_standing
from warehouse.reader import open_reader
from warehouse.register import register


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return make(tmp_path / "archive")


def decide(home: Path, *words: str) -> Result:
    told = ["--home", str(home), "decide", *words, "--by", "Ann"]
    return CliRunner().invoke(main, told)


def told(home: Path) -> list[tuple[str, str, str]]:
    lines = those_standing(Ledger(home).all_lines())
    return [(d.kind, d.verdict, d.reference) for d in lines if d.who == "Ann"]


def test_what_nobody_heard_enters_the_register_and_leaves_it_by_undo(home: Path) -> None:
    made = decide(home, "point", "p2", "new")
    ids = [line.split()[3].rstrip(";") for line in made.output.splitlines()]
    with open_reader(home) as reader:
        entries = {e.reference: e.text_minuted for e in register(reader, today=date(2026, 8, 1))}
    for line in ids:
        decide(home, "undo", line)
    with open_reader(home) as reader:
        after = {e.reference for e in register(reader, today=date(2026, 8, 1))}

    assert made.exit_code == 0
    assert entries["SCSC/2026-27/03"] == "That a briefing note be circulated"
    assert "SCSC/2026-27/03" not in after


def test_one_that_left_the_register_comes_back_under_a_number_of_its_own(home: Path) -> None:
    made = decide(home, "point", "p2", "new")
    for line in made.output.splitlines():
        decide(home, "undo", line.split()[3].rstrip(";"))
    again = decide(home, "point", "p2", "new")

    assert again.exit_code == 0, again.output
    assert {reference for _, _, reference in told(home)} == {"SCSC/2026-27/04"}


@pytest.mark.parametrize("first", ["new", "nothing", REFERENCE])
@pytest.mark.parametrize("second", ["new", "nothing"])
def test_a_point_is_decided_once_and_the_refusal_says_how_to_take_it_back(
    home: Path, first: str, second: str
) -> None:
    decide(home, "point", "p2", first)
    before = told(home)
    refused = decide(home, "point", "p2", second)
    ids = re.findall(r"matters decide undo (\w+)", refused.output)
    for line in ids:
        decide(home, "undo", line)

    assert refused.exit_code == 1
    assert (before[0][2] or "nothing to follow") in refused.output
    assert len(ids) == len(before)
    assert decide(home, "point", "p2", second).exit_code == 0


def test_the_line_that_gave_a_number_cannot_be_undone(home: Path) -> None:
    given = next(d for d in Ledger(home).all_lines() if d.kind == "reference")
    refused = decide(home, "undo", given.id)

    assert refused.exit_code == 1
    assert f"{given.verdict} is given for ever" in refused.output
    assert told(home) == []


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        ("nothing", ("point", "nothing to follow", "")),
        (REFERENCE.lower(), ("minuted", "accepted", REFERENCE)),
    ],
)
def test_an_answer_is_a_line(home: Path, answer: str, line: tuple[str, str, str]) -> None:
    made = decide(home, "point", "p2", answer)

    assert made.exit_code == 0
    assert told(home) == [line]


@pytest.mark.parametrize(
    ("point", "answer", "sentence"),
    [
        ("p1", "new", "no point that is only in the minutes 'p1' in the archive (it holds: p2)"),
        ("p2", "perhaps", "'perhaps' is none that it can be (there is: " + REFERENCE),
    ],
)
def test_what_it_cannot_be_is_told(home: Path, point: str, answer: str, sentence: str) -> None:
    made = decide(home, "point", point, answer)

    assert made.exit_code == 1
    assert sentence in made.output
    assert told(home) == []


def test_its_life_tells_where_it_came_from_and_where_it_was_looked_for(home: Path) -> None:
    decide(home, "point", "p2", "new")
    shown = (
        CliRunner()
        .invoke(
            main, ["--home", str(home), "recommendation", "SCSC/2026-27/03"], terminal_width=200
        )
        .output
    )
    page = (
        TestClient(create_app(home), base_url="http://127.0.0.1")
        .get("/recommendation/SCSC/2026-27/03")
        .text
    )

    assert "“”" not in shown + page
    assert "nothing that was heard is matched" in shown
    assert "entered from the minutes" in shown
    assert "it was not heard being made, so it is not looked for" in shown
    assert "tracker" not in page
    assert f'href="/meeting/{MEETING}"' in page
