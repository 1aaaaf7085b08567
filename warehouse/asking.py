"""Asking the public views in SQL: one statement, in a process of its own that can be ended.

The statement is read, checked and run in a child (``warehouse.asked``), which opens the published
file read-only under limits that the system holds it to. A question that takes too long is killed;
one that takes too much memory fails; neither touches whoever else reads.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

import warehouse
from matters_arising.errors import BadInputError, StoreError
from warehouse.asked import FAULT, GONE
from warehouse.reader import open_reader
from warehouse.withheld import check_nothing_withheld_since

if TYPE_CHECKING:
    import pyarrow as pa

ROWS, SECONDS = 1_000, 30.0
MEMORY = 2**30  # bytes that DuckDB may take; sorting 500,000 sentences takes a quarter of it
ADDRESS_SPACE = 3 * 2**30  # bytes of the whole child: 0.5 GB of it are programs and stacks
THREADS = 2


class QuestionError(BadInputError):
    """A statement that was refused, failed, or took more than it may."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of a statement, as an Arrow table; ``cut`` where there were more than asked for."""

    table: pa.Table
    cut: bool

    @property
    def columns(self) -> list[str]:
        """The names of the columns, in order; two may be called the same."""
        return [str(name) for name in self.table.column_names]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """The rows as values of Python."""
        for batch in self.table.to_batches():
            yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def ask(home: Path, statement: str, *, rows: int = ROWS, seconds: float = SECONDS) -> Answer:
    """The first ``rows`` rows that a SELECT over the public views gives.

    Raises QuestionError where it is no such statement, fails, or takes longer than ``seconds`` or
    more memory than ``MEMORY``; StoreError where there is no warehouse.
    """
    asked = {
        "statement": statement,
        "rows": rows,
        "seconds": seconds,
        "memory": MEMORY,
        "address_space": ADDRESS_SPACE,
        "threads": THREADS,
    }
    for _ in range(2):  # a load may remove the file between looking for it and opening it
        with open_reader(home) as reader:
            check_nothing_withheld_since(reader)
            asked["path"] = str(reader.path.absolute())
        answer = _asked(asked)
        if answer is not None:
            return answer
    raise StoreError(f"the warehouse in {home} was replaced while it was opened; ask again")


def _asked(asked: dict[str, Any]) -> Answer | None:
    """One run of the child; None where the file was gone."""
    try:
        line = json.dumps(asked).encode() + b"\n"
        asked["statement"].encode()
    except UnicodeEncodeError as fault:
        raise QuestionError(
            "the statement holds letters that are none; save it as UTF-8"
        ) from fault
    with _child(asked["seconds"]) as (child, late):
        to, answer, faults = (cast(IO[bytes], p) for p in (child.stdin, child.stdout, child.stderr))
        with suppress(BrokenPipeError):  # it ended before it read: its status tells why
            to.write(line)
            to.close()
        table = _read(answer)
        told = faults.read().decode(errors="replace")
        status = child.wait()
    if late.is_set():
        raise QuestionError(
            f"the statement was ended after {asked['seconds']:g} seconds; ask for less, or give it "
            "more with --seconds"
        )
    if status == GONE:
        return None
    if status or table is None:
        raise _fault(status, told)
    return Answer(_whole_numbers(table.slice(0, asked["rows"])), table.num_rows > asked["rows"])


@contextmanager
def _child(seconds: float) -> Iterator[tuple[subprocess.Popen[bytes], threading.Event]]:
    """The child, killed when its time is up or when nobody waits for it any more."""
    late = threading.Event()
    child = subprocess.Popen(
        [sys.executable, "-P", "-s", "-m", "warehouse.asked"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )

    def end() -> None:
        late.set()
        child.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        with child:
            try:
                yield child, late
            finally:
                child.kill()
    finally:
        timer.cancel()


def _environment() -> dict[str, str]:
    """Not the caller's: what stands in that is nobody's business who may ask.

    Libraries that start a thread a core are told not to: on a large machine their stacks alone
    would fill the address space.
    """
    return {
        "PYTHONPATH": str(Path(warehouse.__file__).parents[1]),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    } | {name: os.environ[name] for name in ("TZ",) if name in os.environ}


def _read(stream: IO[bytes]) -> pa.Table | None:
    """What the child wrote, as far as it was whole; None where it wrote no beginning of a table."""
    import pyarrow as pa

    try:
        with pa.ipc.open_stream(stream) as reader:
            return reader.read_all()
    except (pa.ArrowInvalid, OSError):
        return None


def _whole_numbers(table: pa.Table) -> pa.Table:
    """Sums of whole numbers as such where they fit: DuckDB's come as decimals of 38 digits."""
    import pyarrow as pa

    for n, field in enumerate(table.schema):
        if field.type == pa.decimal128(38, 0):
            with suppress(pa.ArrowInvalid):
                table = table.set_column(n, field.name, table.column(n).cast(pa.int64()))
    return table


def _fault(status: int, told: str) -> QuestionError:
    kind, message = "", ""
    if status == FAULT:
        kind, message = (json.loads(told.strip().splitlines()[-1])[k] for k in ("kind", "message"))
    sentences = {
        "refused": message,
        "failed": message,
        "large": f"the answer is larger than can be shown ({message}); ask for less",
        "memory": "the statement needs more memory than the "
        f"{MEMORY // 2**20} MB it may take; ask for less at once",
    }
    lost = (
        "the statement was ended by the system, for want of memory or of time; ask for less at once"
    )
    return QuestionError(sentences.get(kind, lost))
