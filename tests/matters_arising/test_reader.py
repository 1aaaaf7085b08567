"""The reader as a person at the command meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from flows.report import Outcome
from matters_arising.cli import main
from matters_arising.cli.process import line_of
from matters_arising.settings import Settings
from models.reader.account import Reading, Usage
from models.reader.choice import reader_from


def test_what_was_read_spent_and_dropped_is_one_line_of_the_report() -> None:
    """With what failed in the note."""
    usage = Usage(10, 1, 21480, 1312, unreported=2, seconds=58.2)
    reading = Reading("tiny", "h", 9, 3, 21, {"a": 3, "b": 1}, usage=usage, cost=0.0107)

    told = line_of(Outcome("x", "june", "done", message="it rained", reading=reading))

    assert told.splitlines()[1:] == [
        "              reader: tiny, 9 parts (3 kept from before), 10 requests (1 again), "
        "21480 + 1312 tokens (2 requests told none), cost 0.0107, 58 s; quotes: 21 stand, "
        "4 dropped: 3 × a, 1 × b",
        "              note: it rained",
    ]


def test_options_win_over_settings_and_the_key_is_in_neither_value(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A key is a secret also where settings are printed."""
    monkeypatch.setenv("MATTERS_READER_URL", "http://127.0.0.1:1/v1/chat/completions")
    monkeypatch.setenv("MATTERS_READER_MODEL", "one")
    monkeypatch.setenv("MATTERS_READER_KEY", "sk-secret")
    monkeypatch.setenv("MATTERS_READER_BUDGET", "5")

    settings = Settings()
    made = reader_from(settings, {"reader_model": "two", "reader_budget": None}, offline=True)

    assert made is not None
    assert (made.address, made.model, made.budget) == (
        "http://127.0.0.1:1/v1/chat/completions",
        "two",
        5,
    )
    assert "sk-secret" not in f"{made!r} {settings!r}"


def test_no_reader_wins_over_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one run."""
    monkeypatch.setenv("MATTERS_READER_URL", "http://127.0.0.1:1/v1")

    assert reader_from(Settings(), {"reader_url": ""}, offline=False) is None


def test_a_reader_without_a_model_is_refused_in_words(tmp_path: Path) -> None:
    """Before anything is done."""
    given = ["process", str(tmp_path), "--reader", "http://127.0.0.1:1/v1", "--home", "x"]

    told = CliRunner().invoke(main, given)

    assert told.exit_code == 1
    assert "the reader needs the name of a model: --reader-model NAME" in told.output
