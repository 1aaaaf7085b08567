"""What part of the archive an answer speaks for."""

from __future__ import annotations

from warehouse import sql
from warehouse.narrowing import narrowing
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.search import Searched


def spoken_for(reader: Reader, filters: Filters | None = None) -> Searched:
    """The meetings, sentences and hours that the filters leave, and how much of them is words."""
    (found,) = sql.rows(reader.con, "searched", **narrowing(filters or Filters()))
    return Searched(**found)  # type: ignore[arg-type]
