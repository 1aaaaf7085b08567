"""The recipes of docs/how-to/sql.md are run as they stand, against the sample council."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.sample_home import JULY, JUNE, SAMPLES
from warehouse.asking import ask

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "sql.md"
RECIPES = dict(
    re.findall(
        r"^## ([^\n]+)\n(?:(?!^## ).)*?```sql\n(.*?)```", PAGE.read_text("utf-8"), re.S | re.M
    )
)


def answer(home: Path, recipe: str) -> list[dict[str, Any]]:
    """What a recipe gives, as a reader would run it."""
    given = ask(home, RECIPES[recipe])
    assert not given.cut
    return [dict(zip(given.columns, row, strict=True)) for row in given.rows()]


def truth(meeting_id: str) -> list[dict[str, Any]]:
    """The turns of a sample meeting as they were spoken."""
    day = meeting_id.removeprefix("aldermere-scsc-")
    turns: list[dict[str, Any]] = json.loads((SAMPLES / day / "truth.json").read_text("utf-8"))[
        "turns"
    ]
    return turns


def test_every_block_of_sql_is_a_recipe() -> None:
    """None escapes the tests by standing elsewhere."""
    assert len(RECIPES) == PAGE.read_text("utf-8").count("```sql") >= 8


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_runs_and_gives_rows(sample_home: Path, recipe: str) -> None:
    """Whatever the day: what depends on it is compared below."""
    rows = answer(sample_home, recipe)

    assert rows or recipe == "Recommendations past their date"


def test_who_spoke_how_long_is_what_was_spoken(sample_home: Path) -> None:
    """Words and minutes of every voice, against the script and its sound."""
    seconds: dict[tuple[str, str], float] = defaultdict(float)
    words: dict[tuple[str, str], int] = defaultdict(int)
    for meeting_id in (JUNE, JULY):
        for turn in truth(meeting_id):
            seconds[meeting_id, turn["speaker"]] += turn["end_s"] - turn["start_s"]
            words[meeting_id, turn["speaker"]] += len(turn["text"].split())

    rows = answer(sample_home, "Who spoke how long")
    told = {(r["meeting_id"], r["speaker"]): r for r in rows}
    assert told.keys() == words.keys()
    for key, row in told.items():
        assert row["minutes"] == pytest.approx(seconds[key] / 60, abs=0.15)
        # names withheld by the roster's kind are one mark whatever their length
        assert row["words"] == pytest.approx(words[key], abs=3)


def test_past_their_date_is_what_the_register_says(sample_home: Path) -> None:
    """Compared in Python, on the day of the test."""
    given = ask(sample_home, "FROM register")
    register = [dict(zip(given.columns, row, strict=True)) for row in given.rows()]
    today = date.today().isoformat()
    late = {
        r["reference"]
        for r in register
        if r["open"]
        and (
            (r["response"] == "none_found" and "" < r["response_due"] < today)
            or (r["status"] != "implemented" and "" < r["action_due"] < today)
        )
    }

    assert {r["reference"] for r in answer(sample_home, "Recommendations past their date")} == late


def test_concerns_a_month_add_up(sample_home: Path) -> None:
    """Every concern is in one month."""
    rows = answer(sample_home, "Concerns a month")
    ((total,),) = ask(sample_home, "SELECT count(*) FROM concerns").rows()

    assert [r["month"] for r in rows] == [date(2026, 6, 1), date(2026, 7, 1)]
    assert sum(r["concerns"] for r in rows) == total > 20


def test_a_word_is_counted_as_often_as_it_was_said(sample_home: Path) -> None:
    """And every mention of a word is one sentence or more of the script."""
    rows = answer(sample_home, "How often a word was said, per thousand words")
    for meeting_id, row in zip((JUNE, JULY), rows, strict=True):
        said = " ".join(t["text"] for t in truth(meeting_id)).lower()
        assert row["said"] == len(re.findall(r"\bcameras?\b", said))

    mentions = answer(sample_home, "Every mention of a word, with what was said before it")
    every = " ".join(t["text"] for m in (JUNE, JULY) for t in truth(m))
    assert all(r["text"] in every for r in mentions)
    assert len(re.findall(r"\bnotice\b", every, re.I)) == sum(
        len(re.findall(r"\bnotice\b", r["text"], re.I)) for r in mentions
    )


def test_an_answer_speaks_for_both_meetings(sample_home: Path) -> None:
    """The line to put beside a figure."""
    (row,) = answer(sample_home, "What an answer speaks for")

    assert (row["meetings"], row["first"], row["last"]) == (2, date(2026, 6, 11), date(2026, 7, 16))
    assert row["share_transcribed"] == 1.0
