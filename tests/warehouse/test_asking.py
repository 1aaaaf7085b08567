"""A statement runs in a child that can be ended, and what it may not reach it does not reach."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from matters_arising.errors import StoreError
from tests.warehouse import builders as b
from tests.warehouse.test_privacy import SECRETS, hostile
from transcripts.ledger import Decision, Ledger
from warehouse import asking, store
from warehouse.asking import QuestionError, ask
from warehouse.migrate import VIEWS
from warehouse.publish import live_generation


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one meeting with a resident, and one that tries to show its residents."""
    made = tmp_path_factory.mktemp("asked")
    store.load(made, [b.done(), hostile()])
    return made


def test_the_rows_come_with_their_types_and_order(home: Path) -> None:
    """Two columns may have one name, as in SQL."""
    answer = ask(home, "SELECT meeting_id, date, 1 AS n, 2 AS n FROM meetings ORDER BY 1 LIMIT 1")

    assert answer.columns == ["meeting_id", "date", "n", "n"]
    assert list(answer.rows()) == [("2026-06-02", date(2026, 6, 2), 1, 2)]
    assert not answer.cut


def test_more_rows_than_asked_for_are_cut_and_it_is_said(home: Path) -> None:
    """The cut is at the rows asked for, and exactly so many are no cut."""
    three, all_ten = ask(home, "FROM range(10)", rows=3), ask(home, "FROM range(10)", rows=10)

    assert (list(three.rows()), three.cut) == ([(0,), (1,), (2,)], True)
    assert (all_ten.table.num_rows, all_ten.cut) == (10, False)


def test_a_large_join_is_not_made_where_few_rows_are_asked_for(home: Path) -> None:
    """Rows flow: a product of ten to the fifteen is cut, not computed."""
    began = time.monotonic()
    answer = ask(home, "FROM range(100000) a, range(100000) b, range(100000) c", rows=5)

    assert answer.table.num_rows == 5
    assert answer.cut
    assert time.monotonic() - began < 15


@pytest.mark.parametrize(
    "statement",
    [
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT max(n) FROM t",
        "WITH RECURSIVE t AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM t) SELECT * FROM t",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 3",
        "SELECT sleep_ms(60000)",
        "SELECT levenshtein(repeat('a', 80000), repeat('b', 80000))",  # hears no interrupt
    ],
)
def test_a_statement_that_does_not_end_is_ended(home: Path, statement: str) -> None:
    """Within its time and a second, and no process of it is left."""
    began = time.monotonic()
    with pytest.raises(QuestionError, match=r"ended after 1\.5 seconds|memory"):
        ask(home, statement, seconds=1.5, rows=10**9)

    assert time.monotonic() - began < 4
    assert not _children()


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT repeat('x', 4000000000)",
        "SELECT a.range FROM range(100000) a, range(100000) b ORDER BY hash(a.range + b.range)",
        "SELECT string_agg(repeat('x', 1000000), '') FROM range(100000)",
    ],
)
def test_a_statement_that_wants_all_memory_fails_alone(home: Path, statement: str) -> None:
    """It spills to no file, and the next question is answered."""
    before = _files(home)
    with pytest.raises(QuestionError, match=r"memory|larger than"):
        ask(home, statement, seconds=60, rows=10**9)

    assert _files(home) == before
    assert list(ask(home, "SELECT 1").rows()) == [(1,)]


def test_an_answer_of_many_bytes_is_not_carried_over(home: Path) -> None:
    """Few rows can be large too."""
    with pytest.raises(QuestionError, match=r"larger than|memory"):
        ask(home, "SELECT repeat(range::VARCHAR, 100000) FROM range(100000)", rows=10**9)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("FROM store.person", "none of the public views"),
        ("SELECT * FROM query('FROM store.person')", "query"),
        ("COPY meetings TO '/tmp/matters-never.csv'", "COPY"),
        ("SELECT getenv('MATTERS_READER_KEY')", "getenv"),
        ("SELECT nothing FROM meetings", "nothing"),
        ("SELECT error('my own')", "my own"),
        ("SELECT 'a'::INTEGER", "Conversion"),
        ("SELECT 1\0", "null character"),
        ("SELECT '\udcff'", "UTF-8"),
        ("", "no statement"),
        ("SELECT " + "- " * 40_000 + "1", "a fault"),
        ("SELECT " + "f(" * 30_000 + ")" * 30_000, "a fault"),
    ],
    ids=lambda v: v[:30].encode("ascii", "replace").decode().replace("\0", "NUL"),
)
def test_what_is_refused_or_fails_is_one_fault_of_the_asker(
    home: Path, statement: str, told: str
) -> None:
    """Never a traceback, never a dead program, never a file."""
    with pytest.raises(QuestionError, match=told):
        ask(home, statement)

    assert not Path("/tmp/matters-never.csv").exists()


def test_every_view_asked_whole_tells_no_hidden_name(home: Path) -> None:
    """As they lie there, as JSON: no column, list or key of them."""
    every = " UNION ALL ".join(f"SELECT to_json(v)::VARCHAR AS row FROM {v} AS v" for v in VIEWS)  # noqa: S608
    told = "\n".join(row for (row,) in ask(home, every, rows=10**6).rows()).casefold()

    assert "ann varley" in told
    assert [secret for secret in (*SECRETS, "joan petty-smith") if secret in told] == []
    assert "name_key" not in told


def test_a_name_withheld_after_the_load_stops_every_question(tmp_path: Path) -> None:
    """Until the load that takes it out: a name can be guessed at without being shown."""
    ledger = Ledger(tmp_path)
    standing, mark = ledger.standing_to()
    store.load(tmp_path, [b.done()], decisions=standing, mark=mark)
    ask(tmp_path, "FROM meetings")
    ledger.append(
        [
            Decision(
                "withhold", "withheld", "A. Clerk", "2026-06-03T10:00:00+00:00", name="Tom Petty"
            )
        ]
    )

    with pytest.raises(StoreError, match="withheld since"):
        ask(tmp_path, "SELECT count(*) FROM people WHERE name LIKE '%Petty'")


def test_nothing_a_child_does_reaches_the_file(home: Path) -> None:
    """Nor does anything appear beside it."""
    before = _files(home)
    for statement in ("DROP VIEW meetings", "CHECKPOINT", "VACUUM", "FROM sentences"):
        try:
            ask(home, statement)
        except QuestionError:
            continue

    assert _files(home) == before


def test_the_child_holds_itself_to_its_time_where_its_parent_died(home: Path) -> None:
    """Killed from outside, ``matters sql`` leaves nothing that computes for ever."""
    asked = {
        "path": str(live_generation(home)), "rows": 1, "seconds": 1.0, "threads": 1,
        "memory": asking.MEMORY, "address_space": asking.ADDRESS_SPACE,
        "statement": "SELECT sum(a.range * b.range % 7) FROM range(1000000) a, range(1000000) b",
    }  # fmt: skip
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "warehouse.asked"],
        input=json.dumps(asked).encode(),
        env=os.environ | {"PYTHONPATH": str(Path(asking.__file__).parents[1])},
        capture_output=True,
        check=False,
    )

    assert done.returncode < 0  # a signal
    assert time.monotonic() - began < 6


def test_a_home_without_a_warehouse_says_what_to_do(tmp_path: Path) -> None:
    """Not a fault of the statement."""
    with pytest.raises(StoreError, match="process a recording first"):
        ask(tmp_path, "SELECT 1")


def _files(home: Path) -> dict[str, str]:
    return {
        str(p.relative_to(home)): sha256(p.read_bytes()).hexdigest()
        for p in sorted(home.rglob("*"))
        if p.is_file()
    }


def _children() -> list[str]:
    """The children of this process that still run ``warehouse.asked``."""
    out = []
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = status.read_bytes().replace(b"\0", b" ").decode()
            parent = (status.parent / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if "warehouse.asked" in line and parent == str(os.getpid()):
            out.append(line)
    return out
