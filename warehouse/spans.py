"""Stretches of the calendar: months, quarters and years, with none left out between two."""

from __future__ import annotations

from datetime import date

MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}


def beginning(day: date, by: str) -> date:
    """The first day of the month, quarter or calendar year that a day lies in."""
    step = MONTHS_OF[by]
    return date(day.year, (day.month - 1) // step * step + 1, 1)


def beginnings(first: date, last: date, by: str) -> list[date]:
    """The first days of every stretch from the one of ``first`` to that of ``last``, in order."""
    out, step = [beginning(first, by)], MONTHS_OF[by]
    while (following := _later(out[-1], step)) <= last:
        out.append(following)
    return out


def _later(day: date, months: int) -> date:
    count = day.month - 1 + months
    return date(day.year + count // 12, count % 12 + 1, 1)


def in_words(begins: date, by: str) -> str:
    """``June 2026``, ``2026 Q2`` or ``2026``."""
    if by == "month":
        return f"{begins:%B %Y}"
    return f"{begins.year} Q{(begins.month + 2) // 3}" if by == "quarter" else str(begins.year)
