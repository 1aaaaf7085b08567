"""Exports: every public view as a file, with its dictionary, sums, citation and what it speaks for.

Written into a folder beside the wanted one and renamed when whole, so that a folder of that name
is always a complete export. Rows are in the order of their columns: the same archive gives the
same files.
"""

from __future__ import annotations

import csv
import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import duckdb

from matters_arising.errors import BadInputError, StoreError, UnknownValueError
from warehouse import frozen
from warehouse.citation import LICENCES
from warehouse.frozen import Terms
from warehouse.migrate import VIEWS
from warehouse.reader import open_reader
from warehouse.withheld import check_nothing_withheld_since

logger = logging.getLogger(__name__)

ROWS_AT_ONCE = 5_000
NAMES_FILES = (
    "captions",
    "link",
    "path",
)  # columns; a link is an address or, for want of one, a file
FILE_NAMED = (
    "CASE WHEN contains({column}, '://') THEN {column} "
    "ELSE parse_filename({column}, false, 'both_slash') END AS {column}"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(home: Path, folder: Path, format: str, terms: Terms | None = None) -> Mapping[str, int]:
    """Writes every public view into ``folder``, which must not exist yet; gives rows by view.

    Raises UnknownValueError for a format other than csv, jsonl and parquet or a licence that is
    not among LICENCES, BadInputError where the folder is there already, StoreError where it cannot
    be written or a name was withheld that the warehouse still shows.
    """
    if format not in WRITERS:
        raise UnknownValueError("format", format, WRITERS)
    if terms and terms.licence and terms.licence not in LICENCES:
        raise UnknownValueError("licence", terms.licence, LICENCES)
    if folder.exists():
        raise BadInputError(f"{folder} is there already; name a folder that is not")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            counts = _write(home, fresh, format, terms or Terms())
            fresh.chmod(0o755)
            fresh.rename(folder)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
    except OSError as fault:
        raise StoreError(
            f"the export could not be written to {folder} ({fault.strerror or fault}); nothing "
            "of it is left: make room or choose another folder"
        ) from fault
    logger.info("exported %d rows of %d views to %s", sum(counts.values()), len(counts), folder)
    return counts


def _write(home: Path, folder: Path, format: str, terms: Terms) -> dict[str, int]:
    with open_reader(home) as reader:
        check_nothing_withheld_since(reader)
        counts = {
            view: WRITERS[format](_ordered(reader.con, view), folder / f"{view}.{format}")
            for view in VIEWS
        }
        frozen.describe(reader, folder, counts, format, terms)
    return counts


def _ordered(con: duckdb.DuckDBPyConnection, view: str) -> duckdb.DuckDBPyRelation:
    """The rows of a view as they leave the house: files named without this machine's folders."""
    rows = con.view(view)
    shorter = ", ".join(FILE_NAMED.format(column=c) for c in rows.columns if c in NAMES_FILES)
    return (rows.project(f"* REPLACE ({shorter})") if shorter else rows).order("ALL")


def _batches(relation: duckdb.DuckDBPyRelation) -> Iterator[list[tuple[object, ...]]]:
    while rows := relation.fetchmany(ROWS_AT_ONCE):
        yield rows


def _csv(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(relation.columns)
        for rows in _batches(relation):
            writer.writerows([[spreadsheet_safe(value) for value in row] for row in rows])
            count += len(rows)
    return count


def spreadsheet_safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula is given a leading apostrophe."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _jsonl(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    count, columns = 0, relation.columns
    with path.open("w", encoding="utf-8") as file:
        for rows in _batches(relation):
            for row in rows:
                line = json.dumps(
                    dict(zip(columns, row, strict=True)), default=str, ensure_ascii=False
                )
                file.write(line + "\n")
            count += len(rows)
    return count


def _parquet(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    # Imported here: only exports need it, and it costs every other command a third of a second.
    import pyarrow.parquet as pq

    reader = relation.to_arrow_reader(ROWS_AT_ONCE)
    count = 0
    with pq.ParquetWriter(path, reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            count += batch.num_rows
    return count


WRITERS: Mapping[str, Callable[[duckdb.DuckDBPyRelation, Path], int]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
}
