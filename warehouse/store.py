"""Writing the warehouse: meetings in, whole or not at all, published in one step.

The warehouse is a projection of the record and the ledger. ``load`` adds or replaces meetings in
a copy and publishes it; ``rebuild`` does the same from an empty file and gives the same views.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from matters_arising.errors import StoreError
from transcripts.ledger import Decision, Mark, withheld_names
from transcripts.linked import Linker
from transcripts.processed import ProcessedMeeting
from warehouse import folding, lines, linking, overlay, publish, sql, tokens
from warehouse.batch import HEAP, NEW, Batch
from warehouse.migrate import migrate
from warehouse.reader import open_reader
from warehouse.rows import UID_GAP, Numbers, rows_of

logger = logging.getLogger(__name__)

Unfit = Callable[[str, Exception], None]  # is told of a meeting, by its id, and of its fault
SELDOM = 200_000  # objects made between two looks for cycles while a meeting is loaded
# What DuckDB says of a disk that takes no more: in a table, in a checkpoint, when committing.
UNWRITTEN = (duckdb.IOException, duckdb.FatalException, duckdb.TransactionException)
COMPACT_AT = 0.05  # of the sorted postings; below it searching is not slowed, above it doubles
WRITER_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "python_enable_replacements": "false",  # SQL could otherwise read Python variables by name
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "storage_compatibility_version": "v1.5.0",
}


class StaleIndexError(StoreError):
    """The archive was indexed by an earlier version and has to be made again from the record."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load did. ``reload`` are meetings to load again because a name may now be shown."""

    generation: Path
    meetings: int
    sentences: int
    reload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that ``check`` found to be wrong."""

    check: str
    rows: int
    what_to_do: str


def load(
    home: Path,
    meetings: Iterable[ProcessedMeeting],
    *,
    decisions: Sequence[Decision] = (),
    references: Mapping[str, str] | None = None,
    mark: Mark | None = None,
    linker: Linker | None = None,
    threads: bool = True,
    wait_s: float = 0.0,
) -> LoadReport:
    """Puts meetings into the warehouse of ``home``, replacing those that it holds already.

    ``decisions`` are all that stand, not only new ones; without meetings, a load brings the
    warehouse up to date with them. ``mark`` is how far the ledger was read for them, so that
    readers see what was decided since. ``linker`` is asked what belongs together where that may
    have changed; without one the links stay as far as both ends do. ``threads``, which it tells
    from every concern that is held, may be left to a later load (``has_old_threads``).

    Raises BusyError while another process writes, StoreError on a full disk or a meeting that
    contradicts itself, NewerSchemaError; the warehouse that was there then stays as it was.
    """
    standing = [*decisions, *overlay.as_decisions(references or {})]
    with publish.writing(home, wait_s=wait_s):
        return _load(home, meetings, Given(standing, mark, linker, threads), empty=False)


def rebuild(
    home: Path,
    meetings: Iterable[ProcessedMeeting],
    *,
    decisions: Sequence[Decision] = (),
    references: Mapping[str, str] | None = None,
    mark: Mark | None = None,
    linker: Linker | None = None,
    wait_s: float = 0.0,
    unfit: Unfit | None = None,
) -> LoadReport:
    """Makes the warehouse again from nothing but the record and the ledger; see ``load``.

    A meeting that contradicts itself is left out, all of it, where ``unfit`` is told of it.
    """
    standing = [*decisions, *overlay.as_decisions(references or {})]
    with publish.writing(home, wait_s=wait_s):
        return _load(home, meetings, Given(standing, mark, linker, unfit=unfit), empty=True)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """A meeting is ten thousand words: to look for cycles at each few hundred took a third."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def stale_meetings(home: Path, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Meetings to hand to the next ``load`` because a name is withheld, or shown, since."""
    if not (home / publish.LIVE_NAME).exists():
        return ()
    with open_reader(home) as reader:
        hide, shown = overlay.stale(reader.con, decisions)
    return tuple(sorted(hide | shown))


def has_old_threads(home: Path, linker: Linker) -> bool:
    """Whether a load without ``threads`` changed concerns, and no other told them since."""
    if not (home / publish.LIVE_NAME).exists():
        return False
    with open_reader(home) as reader:
        return linking.has_old_threads(reader.con, linker)


def check(home: Path) -> list[Fault]:
    """What is wrong inside the warehouse; an empty list where all is well."""
    with open_reader(home) as reader:
        found = sql.rows(reader.con, "check")
    mend = "run 'matters rebuild'"
    return [Fault(str(f["fault"]), int(str(f["found"])), mend) for f in found if f["found"]]


@dataclass(frozen=True, slots=True)
class Given:
    """What a load is given beside the meetings."""

    decisions: Sequence[Decision]
    mark: Mark | None
    linker: Linker | None
    threads: bool = True
    unfit: Unfit | None = None


def _load(
    home: Path, meetings: Iterable[ProcessedMeeting], given: Given, *, empty: bool
) -> LoadReport:
    with _room_or_error(home), _seldom_collected():
        private = publish.private_copy(home, empty=empty)
        try:
            new = not private.exists()
            with _open(private, new=new) as con:
                migrate(con, str(home / publish.LIVE_NAME))
                if new:
                    sql.run(con, "lay_out")
                _check_index(con, home)
                if not empty:
                    sql.run(con, "one_thread")
                with _heap(con, wanted=empty) as postings:
                    loaded, sentences = _replace(con, meetings, given, postings)
                again = _finish(con, given, loaded)
            generation = publish.publish(home)
        except BaseException:
            publish.discard_private(home)
            raise
    logger.info("loaded %d meetings, %d sentences, as %s", len(loaded), sentences, generation.name)
    return LoadReport(generation, len(loaded), sentences, tuple(sorted(again)))


def _check_index(con: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Sentences indexed in one form and asked for in another would silently not be found."""
    if sql.one(con, "fact", name="index")[0] == tokens.FORM:
        return
    if sql.run(con, "transcripts_held").fetchone():
        raise StaleIndexError(
            f"{home / publish.LIVE_NAME} was indexed by an earlier version of this program; run "
            "'matters rebuild'"
        )
    sql.run(con, "set_fact", name="index", value=tokens.FORM)


@contextmanager
def _room_or_error(home: Path) -> Iterator[None]:
    """A disk that is full or fails, said so that it can be acted upon."""
    try:
        yield
    except (*UNWRITTEN, OSError) as fault:
        why = str(fault).strip().splitlines()[0]
        raise StoreError(
            f"the warehouse in {home} could not be written ({why}); the one that was there is "
            "unchanged: make room, or mend the disk, and load again"
        ) from fault


@contextmanager
def _open(private: Path, *, new: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    settings = WRITER_SETTINGS | {"temp_directory": f"{private}.tmp"}
    con = duckdb.connect(":memory:", config=settings)
    try:
        # ATTACH takes no values, and row groups of this size can be had by ATTACH alone.
        quoted = "'" + str(private).replace("'", "''") + "'"
        attach = sql.text("queries", "attach_new" if new else "attach_private")
        con.execute(attach.replace("$path", quoted))
        con.execute("USE archive")
        yield con
        sql.run(con, "to_disk")
    finally:
        con.close()


def _replace(
    con: duckdb.DuckDBPyConnection,
    meetings: Iterable[ProcessedMeeting],
    given: Given,
    postings: str,
) -> tuple[set[str], int]:
    """Replaces meetings, some in each transaction; gives their ids and the sentences."""
    batch = Batch(con, postings)
    withheld, numbers = sorted(withheld_names(given.decisions)), _next_numbers(con)
    loaded: set[str] = set()
    for meeting in meetings:
        if meeting.meeting.id in loaded:
            batch.write()
        try:
            rows = rows_of(meeting, numbers, withheld)
        except StoreError as fault:
            if given.unfit is None:
                raise
            given.unfit(meeting.meeting.id, fault)
            continue
        batch.add(meeting.meeting.id, *rows)
        loaded.add(meeting.meeting.id)
    batch.write()
    if batch.replaced and postings == NEW:
        sql.run(con, "forget_words")
    return loaded, batch.sentences


@contextmanager
def _heap(con: duckdb.DuckDBPyConnection, *, wanted: bool) -> Iterator[str]:
    """Where postings go: into the tail of the index, or, where all are made anew, on a heap.

    The heap lies beside the file and is sorted into it once: written into the file first, it would
    leave a hole of its size there.
    """
    if not wanted:
        yield NEW
        return
    sql.run(con, "begin_heap")
    yield HEAP
    con.begin()
    sql.run(con, "sort_heap")
    con.commit()


def _next_numbers(con: duckdb.DuckDBPyConnection) -> Numbers:
    tid, uid, sid = (int(str(n)) for n in sql.one(con, "next_numbers"))
    return Numbers(tid, uid + UID_GAP, sid)


def _finish(con: duckdb.DuckDBPyConnection, given: Given, loaded: set[str]) -> set[str]:
    """Lays decisions over what was loaded, follows and tidies; gives meetings to load again."""
    hide, shown = overlay.stale(con, given.decisions)
    if hide - loaded:
        raise StoreError(
            "a name that is to be withheld stands in meetings loaded before the decision: "
            f"{', '.join(sorted(hide - loaded))}; load these meetings again in the same load, or "
            "run 'matters rebuild'"
        )
    con.begin()
    overlay.apply(con, given.decisions)
    _follow(con, given)
    con.commit()
    sql.run(con, "usual_threads")
    base, fresh = (int(str(n)) for n in sql.one(con, "posting_counts"))
    if fresh > COMPACT_AT * base:
        con.begin()
        sql.run(con, "compact_postings")
        con.commit()
    return shown - loaded


def _follow(con: duckdb.DuckDBPyConnection, given: Given) -> None:
    """What ties meetings together, and the register that follows from it."""
    names = lines.project(con, given.decisions)
    lines.note_mark(con, given.mark)
    sql.run(con, "recommendations_again")
    asked = linking.update(con, given.linker, names, threads=given.threads)
    changed = folding.update(con)
    logger.info("folded %d recommendations%s", changed, ", linked anew" if asked else "")
