"""Answers of any length, written a row at a time: JSON and CSV that never lie in memory whole."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from matters_arising.cli.output import as_json, cell
from matters_arising.errors import StoreError


def stream_json(head: Mapping[str, Any], name: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Prints one object: ``head``, and the rows under ``name``."""
    for key, value in head.items():
        shown = as_json(value).replace("\n", "\n  ")
        click.echo(f"{'{' if key == next(iter(head)) else ' '} {json.dumps(key)}: {shown},")
    click.echo(f"  {json.dumps(name)}: [", nl=False)
    separator = "\n"
    for row in rows:
        click.echo(f"{separator}    {json.dumps(row, ensure_ascii=False, default=str)}", nl=False)
        separator = ",\n"
    click.echo("\n  ]\n}")


def stream_csv(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> int:
    """Writes a header and the rows to a file, whole or not at all; ``-`` is standard output."""
    with _written(path) as file:
        writer = csv.DictWriter(file, fieldnames=list(columns), lineterminator="\n")
        writer.writeheader()
        count = 0
        for row in rows:
            writer.writerow({name: cell(row[name]) for name in columns})
            count += 1
    return count


@contextmanager
def _written(path: Path) -> Iterator[IO[str]]:
    """The file under another name, renamed once all is written."""
    if str(path) == "-":
        yield sys.stdout
        return
    aside = path.with_name(f".{path.name}.part")
    try:
        with aside.open("w", encoding="utf-8", newline="") as file:
            yield file
        aside.replace(path)
    except OSError as fault:
        aside.unlink(missing_ok=True)
        raise StoreError(
            f"{path} could not be written ({fault.strerror}); what was there is untouched: give "
            "another place or make room"
        ) from fault
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
