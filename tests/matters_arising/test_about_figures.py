"""The figures that readers are told are those of the model cards and the README, made anew here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matters_arising.web.about import measured

ROOT = Path(__file__).resolve().parents[2]
FINDINGS, NAMES = "docs/model-cards/findings.md", "docs/model-cards/names.md"
FOLLOWING, README = "docs/model-cards/following.md", "README.md"


def cells(document: str, row: str) -> list[str]:
    """The cells of the one row of a document's tables that begins so."""
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    (found,) = [line for line in lines if line.startswith(f"| {row} |")]
    return [cell.strip().strip("*") for cell in found.strip("|").split("|")][1:]


def in_100(figure: str) -> str:
    return f"{float(figure) * 100:.0f}"


def found_and_right(kind: str) -> str:
    right, found, *_ = cells(FINDINGS, kind)
    return f"{in_100(found)} and {in_100(right)} in 100"


def words_wrong() -> str:
    shares = re.findall(r"[\d.]+", cells(README, "words wrong, embedded recogniser")[-1])
    return f"{max(map(float, shares)):.0f} in 100"


def names_right() -> str:
    right, wrong = cells(NAMES, "voices as they are")
    assert float(wrong) < 0.001
    return f"fewer than 1 in 1,000; {in_100(right)} in 100 under the right one, the rest unnamed"


def among_five() -> str:
    row = "retrieval, nDCG@10 / success@5, each meeting ranked by what was learned on others"
    return f"{in_100(cells(README, row)[-1].split('/')[-1])} in 100"


MADE = {
    "Words wrong, by the recogniser that comes with the program": words_wrong,
    "Words under a wrong name": names_right,
    "The same, with one turn in twenty given to a wrong voice on purpose": lambda: (
        f"{float(cells(NAMES, '5 % of turns given to a wrong voice')[1]) * 1000:.0f} in 1,000"
    ),
    "Concerns: found, of those that careful readers mark, and right, of those found": lambda: (
        found_and_right("concern")
    ),
    "Recommendations: found, and right": lambda: found_and_right("recommendation"),
    "Undertakings: found, and right": lambda: found_and_right("undertaking"),
    "Follow-ups: found, and right": lambda: found_and_right("follow-up"),
    "Decisions: found, and right": lambda: found_and_right("decision"),
    "Worries put into the right thread (F1: 1 is all, 0 is none)": lambda: (
        f"0{cells(FOLLOWING, 'concern threads F1')[0]}"
    ),
    "What became of a recommendation, found and told right (F1)": lambda: (
        f"0{cells(FOLLOWING, 'events F1')[0]}"
    ),
    "Questions with one of the right places among the first five found": among_five,
}


def test_every_figure_has_its_source() -> None:
    assert [row["what"] for row in measured()] == list(MADE)


@pytest.mark.parametrize("row", measured(), ids=lambda row: row["what"])
def test_a_figure_is_what_its_source_says(row: dict[str, str]) -> None:
    assert row["figure"] == MADE[row["what"]]()
