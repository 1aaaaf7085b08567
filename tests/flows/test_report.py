"""The run report names every meeting and every failure."""

from __future__ import annotations

import json
from pathlib import Path

from flows.report import Outcome, Report, save_report


def test_a_report_counts_and_names_what_failed(tmp_path: Path) -> None:
    """Also as JSON on disk."""
    report = Report(
        (
            Outcome("a", "june", "done", words=10),
            Outcome("b", "", "failed", message="b holds no sound"),
            Outcome("c", "july", "up to date"),
        ),
        seconds=1.25,
    )

    kept = json.loads(save_report(report, tmp_path).read_text())

    assert (kept["done"], kept["failed"], kept["up to date"]) == (1, 1, 1)
    assert [m["message"] for m in kept["meetings"] if m["outcome"] == "failed"] == [
        "b holds no sound"
    ]
    assert not report.nothing_new


def test_nothing_new_is_said_only_where_everything_was_there() -> None:
    """An empty batch is not up to date; it is empty."""
    assert not Report(()).nothing_new
    assert Report((Outcome("a", "june", "up to date"),)).nothing_new
