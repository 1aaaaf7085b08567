"""The SQL of the warehouse: it lives in files beside this module and takes named values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Sized
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

import duckdb

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Value = object
NUMBERS = {
    "sids": "(SELECT unnest($sids::UINTEGER[]))",
    "tids": "(SELECT unnest($tids::INTEGER[]))",
}
WRITTEN_OUT = 2_048  # more, and DuckDB reads the whole table again


@cache
def text(folder: str, name: str) -> str:
    """The words of ``warehouse/<folder>/<name>.sql``."""
    return files("warehouse").joinpath(folder, f"{name}.sql").read_text(encoding="utf-8")


@cache
def names(folder: str) -> tuple[str, ...]:
    """The names of the SQL files of a folder, in order, without their ending."""
    found = files("warehouse").joinpath(folder).iterdir()
    return tuple(sorted(f.name.removesuffix(".sql") for f in found if f.name.endswith(".sql")))


def run(
    con: duckdb.DuckDBPyConnection, name: str, folder: str = "queries", /, **values: Value
) -> duckdb.DuckDBPyConnection:
    """Runs every statement of a file; the answer is that of the last one."""
    answer = con
    for statement in _statements(folder, name, values):
        wanted = {key: values[key] for key in statement.named_parameters}
        answer = con.execute(statement, wanted) if wanted else con.execute(statement)
    return answer


def _statements(folder: str, name: str, values: Mapping[str, Value]) -> Sequence[duckdb.Statement]:
    """The statements, with the numbers of rows written out where they are few.

    DuckDB asks the index of a primary key for numbers that stand in the statement; for the same
    numbers in a list it reads the whole table: 26 ms instead of 1.5 at a million sentences.
    """
    whole = text(folder, name)
    written = whole
    for key, mark in NUMBERS.items():
        numbers = values.get(key)
        if mark in whole and isinstance(numbers, Sized) and 0 < len(numbers) <= WRITTEN_OUT:
            told = ",".join(str(int(n)) for n in cast("Iterable[int]", numbers))
            written = written.replace(mark, f"({told})")
    same = written is whole
    return _as_they_are(folder, name) if same else duckdb.extract_statements(written)


@cache
def _as_they_are(folder: str, name: str) -> Sequence[duckdb.Statement]:
    return duckdb.extract_statements(text(folder, name))


def rows(con: duckdb.DuckDBPyConnection, name: str, /, **values: Value) -> list[dict[str, object]]:
    """The rows of a query, each as column → value."""
    answer = run(con, name, **values)
    columns = [column[0] for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def arrays(
    con: duckdb.DuckDBPyConnection, name: str, /, **values: Value
) -> Mapping[str, NDArray[np.generic]]:
    """The columns of a query that holds no nulls, as arrays."""
    return run(con, name, **values).fetchnumpy()


def one(con: duckdb.DuckDBPyConnection, name: str, /, **values: Value) -> tuple[object, ...]:
    """The first row of a query that always has one."""
    row = run(con, name, **values).fetchone()
    if row is None:
        raise ValueError(f"query '{name}' gave no row")
    return tuple(row)
