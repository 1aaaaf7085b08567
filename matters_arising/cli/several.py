"""Several archives that one command asks, each of another council."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from matters_arising.errors import NotInArchiveError

if TYPE_CHECKING:
    from warehouse.reader import Reader

A = TypeVar("A")
T = TypeVar("T")


def with_also(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``also``, the folders of further archives."""
    return click.option(
        "--also",
        type=click.Path(path_type=Path, file_okay=False),
        multiple=True,
        envvar="MATTERS_ALSO",
        help="Search this archive too, of another council; may be given again.",
    )(command)


@contextmanager
def opened(homes: Sequence[Path]) -> Iterator[dict[str, Reader]]:
    """A reader an archive, by its folder; each archive once."""
    from warehouse.reader import open_reader

    with ExitStack() as stack:
        yield {name: stack.enter_context(open_reader(h)) for name, h in each_once(homes).items()}


def each_once(homes: Sequence[Path]) -> dict[str, Path]:
    """The folders as they were first given; one given again in other words is counted once."""
    by_place: dict[Path, Path] = {}
    for home in homes:
        by_place.setdefault(home.resolve(), home)
    return {str(home): home for home in by_place.values()}


def asked_of_each(archives: Mapping[str, A], ask: Callable[[A], T]) -> dict[str, T]:
    """What each answers, by its folder.

    One that does not hold a committee or speaker that is asked for is passed over. Raises what the
    first says where none of them can answer.
    """
    found: dict[str, T] = {}
    refused: list[NotInArchiveError] = []
    for home, archive in archives.items():
        try:
            found[home] = ask(archive)
        except NotInArchiveError as fault:
            refused.append(fault)
    if not found:
        raise refused[0]
    return found


def council_of(reader: Reader) -> str:
    """Whose archive it is, as its meetings say."""
    from warehouse.listings import meetings

    return " and ".join(dict.fromkeys(m.council for m in meetings(reader)))
