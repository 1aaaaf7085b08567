"""A batch's report as an operator reads it in Prefect's pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flows.report import OUTCOMES, Report


def in_markdown(report: Report, notes: Sequence[str] = ()) -> str:
    """What became of each meeting, failures first, and what was noted on the way."""
    counts = ", ".join(f"{report.count(word)} {word}" for word in OUTCOMES if report.count(word))
    lines = [f"# {counts or 'nothing new'}", "", f"in {report.seconds:.0f} s", ""]
    if report.outcomes:
        lines += ["| meeting | outcome | minutes | words | findings | what is to be known |",
                  "|---|---|---|---|---|---|"]  # fmt: skip
    for o in sorted(report.outcomes, key=lambda o: (o.outcome != "failed", o.meeting_id)):
        cells = (o.meeting_id or o.where, o.outcome, f"{o.sound_s / 60:.0f}", o.words, o.findings)
        lines.append(f"| {' | '.join(map(str, cells))} | {_cell(o.message)} |")
    lines += ["", *(f"- {note}" for note in notes)]
    return "\n".join(lines).strip() + "\n"


def coverage_rows(report: Report) -> list[dict[str, Any]]:
    """How much of each meeting that was processed the archive holds."""
    return [
        {
            "meeting": o.meeting_id,
            "minutes": round(o.sound_s / 60, 1),
            "transcribed": f"{o.transcribed_share:.0%}",
            "named": f"{o.named_share:.0%}",
            "gaps": o.gaps,
            "engines": ", ".join(o.engines),
        }
        for o in report.outcomes
        if o.outcome == "done"
    ]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
