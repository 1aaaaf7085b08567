"""Rows of several meetings written at once: a transaction a meeting took as long as its rows."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import duckdb
import numpy as np

from warehouse import sql
from warehouse.arrow import Inserter
from warehouse.forms import SEVERAL, Forms, Word
from warehouse.indexing import Columns
from warehouse.rows import Tables

NEW, HEAP = "store.posting_new", "temp.main.posting_heap"  # where postings may go
MOST = 10_000  # sentences held in memory
TO_DISK_AT = 100_000  # sentences written: what has no log stays in memory until it is brought there


class Batch:
    """Collects the rows of meetings and writes them in place of what was there of each."""

    def __init__(self, con: duckdb.DuckDBPyConnection, postings: str) -> None:
        """``postings`` is the table that they go to."""
        self.sentences = 0
        self.replaced = False
        self._con, self._postings = con, postings
        self._inserter, self._forms = Inserter(con), Forms(con)
        self._meetings: list[str] = []
        self._tables: Tables = defaultdict(list)
        self._columns: list[Columns] = []
        self._on_disk = 0  # of the sentences written

    def add(self, meeting_id: str, tables: Tables, columns: Columns) -> None:
        """Takes one meeting in, and writes where enough has come together."""
        self._meetings.append(meeting_id)
        first = len(self._tables["word"])
        for name, rows in tables.items():
            self._tables[name] += rows
        if columns:
            form = columns["form"].astype(np.int64)
            self._columns.append({**columns, "form": np.where(form < 0, form, form + first)})
        if len(self._tables["sentence"]) >= MOST:
            self.write()

    def write(self) -> None:
        """Writes what was collected, in one transaction."""
        self._con.begin()
        for meeting_id in self._meetings:
            self._forget(meeting_id)
        self.sentences += len(self._tables["sentence"])
        forms, new = self._forms.of(cast("list[Word]", self._tables["word"]))
        self._tables["word"] = list(new)
        self._inserter.insert(self._tables)
        if self._columns:
            names = self._columns[0]
            together = {n: np.concatenate([c[n] for c in self._columns]) for n in names}
            together["form"] = np.append(forms, np.uint8(SEVERAL))[together["form"]]
            self._inserter.insert_columns(self._postings, together)
        self._con.commit()
        self._meetings, self._columns = [], []
        self._tables.clear()
        if self.sentences - self._on_disk >= TO_DISK_AT:
            sql.run(self._con, "to_disk")
            self._on_disk = self.sentences

    def _forget(self, meeting_id: str) -> None:
        if not sql.run(self._con, "known_meeting", value=meeting_id).fetchone():
            return
        if self._postings == HEAP:
            sql.run(self._con, "delete_from_heap", meeting_id=meeting_id)
        sql.run(self._con, "delete_meeting", meeting_id=meeting_id)
        self.replaced = True
