"""Exports: every public view as a file, with its dictionary and what it was made from.

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

import matters_arising
from matters_arising.errors import BadInputError, StoreError, UnknownValueError
from warehouse.migrate import VIEWS
from warehouse.reader import open_reader

logger = logging.getLogger(__name__)

NOTE = (
    "Machine-made from recordings and not checked unless decided_by names a person; the minutes "
    "are the formal record. Names of members of the public are not included."
)
ROWS_AT_ONCE = 5_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export(home: Path, folder: Path, format: str) -> Mapping[str, int]:
    """Writes every public view into ``folder``, which must not exist yet; gives rows by view.

    Raises UnknownValueError for a format other than csv, jsonl and parquet, BadInputError where
    the folder is there already, StoreError where it cannot be written.
    """
    if format not in WRITERS:
        raise UnknownValueError("format", format, WRITERS)
    if folder.exists():
        raise BadInputError(f"{folder} is there already; name a folder that is not")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            counts = _write(home, fresh, format)
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


def _write(home: Path, folder: Path, format: str) -> dict[str, int]:
    with open_reader(home) as reader:
        counts = {
            view: WRITERS[format](_ordered(reader.con, view), folder / f"{view}.{format}")
            for view in VIEWS
        }
        meetings = reader.con.view("meetings").project("meeting_id").order("meeting_id").fetchall()
        generation = reader.path.name
    manifest = {
        "program": "matters-arising",
        "version": matters_arising.__version__,
        "warehouse": generation,
        "format": format,
        "note": NOTE,
        "rows": counts,
        "meetings": [meeting_id for (meeting_id,) in meetings],
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return counts


def _ordered(con: duckdb.DuckDBPyConnection, view: str) -> duckdb.DuckDBPyRelation:
    return con.view(view).order("ALL")


def _batches(relation: duckdb.DuckDBPyRelation) -> Iterator[list[tuple[object, ...]]]:
    while rows := relation.fetchmany(ROWS_AT_ONCE):
        yield rows


def _csv(relation: duckdb.DuckDBPyRelation, path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(relation.columns)
        for rows in _batches(relation):
            writer.writerows([[_cell(value) for value in row] for row in rows])
            count += len(rows)
    return count


def _cell(value: object) -> object:
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
