"""Answers in a terminal of eighty columns, the width that most people never change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from matters_arising.cli.output import folded, print_table
from tests.matters_arising.web_support import REFERENCE

COLUMNS = ("reference", "when", "who", "action", "agreed", "to", "by")
ROW = {
    "reference": "SCSC/2026-27/01",
    "when": "11 Jun 2026 0:04:35",
    "who": "Superintendent Paul Hartley",
    "action": "the notice is published on the council website on the same day",
    "agreed": "not heard",
    "to": "police",
}
Asked = Callable[..., str]


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of eighty columns without colours."""
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("TERM", "dumb")


@pytest.mark.usefixtures("narrow")
def test_no_room_for_the_words_makes_a_paragraph_of_a_row(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They used to be a letter wide, or not there at all."""
    print_table([ROW, {"who": "Ann", "action": "write"}], COLUMNS)

    assert capsys.readouterr().out.splitlines() == [
        "SCSC/2026-27/01 · 11 Jun 2026 0:04:35 · Superintendent Paul Hartley",
        "    the notice is published on the council website on the same day",
        "    agreed: not heard · to: police",
        "",
        "Ann",
        "    write",
        "",
    ]


@pytest.mark.usefixtures("narrow")
def test_a_narrow_table_stays_one_where_its_words_have_room(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Short rows are easier to compare below one another."""
    print_table([{"when": "11 Jun 2026", "quote": "They paint the wall"}], ("when", "quote"))

    assert capsys.readouterr().out.splitlines()[1].rstrip() == "11 Jun 2026  They paint the wall"


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(
    "command",
    [
        ["recommendations"], ["floated"], ["concerns"], ["undertakings"], ["decisions"],
        ["follow-ups"], ["threads"], ["meetings"], ["recommendation", REFERENCE],
    ],
)  # fmt: skip
def test_nothing_runs_over_eighty_columns_or_is_cut(home: Path, command: list[str]) -> None:
    """But addresses, which would no longer be addresses."""
    told = CliRunner().invoke(main, ["--home", str(home), *command])

    lines = [line for line in told.output.splitlines() if "://" not in line]
    assert told.exit_code == 0
    assert max(map(len, lines)) <= 80
    assert "…" not in told.output


def test_a_label_keeps_its_words_beside_it() -> None:
    """Further lines begin where the first line's words do."""
    assert folded("  said      “one two three four five six seven”", 30).splitlines() == [
        "  said      “one two three four",
        "            five six seven”",
    ]
