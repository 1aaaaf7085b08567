"""What the public views hold: every column with its meaning, unit and type.

The comments and units lie in the views themselves; what ``matters sql --views`` prints, what an
export carries and the reference page are all made here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import duckdb

from warehouse import sql
from warehouse.migrate import VIEWS


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a public view; ``unit`` is empty for words."""

    view: str
    column: str
    type: str
    unit: str
    meaning: str
    view_meaning: str


def dictionary(con: duckdb.DuckDBPyConnection) -> list[Column]:
    """Every column of the public views, view after view."""
    found = sql.rows(con, "dictionary", views=list(VIEWS))
    return [Column(**row) for row in found]  # type: ignore[arg-type]


def by_view(columns: Sequence[Column]) -> Iterator[tuple[str, str, list[Column]]]:
    """Each view's name and meaning with its columns."""
    for (view, meaning), own in groupby(columns, key=lambda c: (c.view, c.view_meaning)):
        yield view, meaning, list(own)


def as_markdown(columns: Sequence[Column]) -> str:
    """A section a view, with a table of its columns."""
    out = []
    for view, meaning, own in by_view(columns):
        out += [f"## {view}", "", meaning, ""]
        out += ["| column | type | unit | what it is |", "|---|---|---|---|"]
        out += [f"| {c.column} | {c.type} | {c.unit} | {c.meaning} |" for c in own]
        out.append("")
    return "\n".join(out)
