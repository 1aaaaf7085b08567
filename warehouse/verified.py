"""What only the text of a sentence tells is read there, some thousands of sentences at a time."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import numpy as np

from warehouse import sql
from warehouse.postings import Said

AT_ONCE = 20_000  # sentences, so that their words need little memory


def verified(con: duckdb.DuckDBPyConnection, said: Said, holds: Callable[[str], bool]) -> Said:
    """The sentences of which the text holds what was asked for."""
    held: list[int] = []
    for first in range(0, len(said), AT_ONCE):
        sids = said.sid[first : first + AT_ONCE].astype(np.uint32)
        rows = sql.run(con, "texts", sids=sids).fetchall()
        held += [sid for sid, _, text in rows if holds(str(text))]
    return said.where(np.isin(said.sid, np.array(held, np.int64)))
