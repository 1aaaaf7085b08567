"""Motions, claims and minutes in their tables: replaced whole, refused where they contradict."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from matters_arising.errors import NewerSchemaError, StoreError
from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from tests.warehouse.test_register import TODAY
from transcripts.ledger import Decision
from transcripts.processed import ProcessedMeeting
from warehouse import sql, store
from warehouse.hidden import HiddenNames
from warehouse.masking import Masker
from warehouse.migrate import migrate
from warehouse.publish import LIVE_NAME
from warehouse.reader import open_reader
from warehouse.register import register

TABLES = (
    "motion", "act", "claim", "claim_about", "minutes", "minute_point", "minute_match", "hidden",
    "link", "thread", "thread_finding", "line", "recommendation", "entry", "event", "folded",
)  # fmt: skip


def counts(home: Path) -> dict[str, int]:
    """How many rows each table of the register holds."""
    with open_reader(home) as reader:
        return {name: len(reader.con.table(f"store.{name}").fetchall()) for name in TABLES}


def test_replacing_a_meeting_twice_leaves_one_copy_of_everything(tmp_path: Path) -> None:
    minuted = replace(r.june(), minutes=(r.minutes("To publish a schedule"),))
    linker = r.Likeness()
    r.load(tmp_path, [minuted, r.july()], r.NUMBERED, r.line("note", "seen"), linker=linker)
    once = counts(tmp_path)
    r.load(tmp_path, [minuted, r.july()], linker=linker)
    r.load(tmp_path, [minuted], linker=linker)

    assert counts(tmp_path) == once
    assert min(once.values()) > 0
    assert store.check(tmp_path) == []


def test_a_meeting_that_is_replaced_by_less_leaves_nothing_behind(tmp_path: Path) -> None:
    r.load(tmp_path, [replace(r.june(), minutes=(r.minutes("To publish"),)), r.july()])
    bare = [r.quiet("june", r.JUNE, people=()), r.quiet("july", r.JULY, people=())]
    r.load(tmp_path, bare)

    assert set(counts(tmp_path).values()) == {0}


def test_what_was_never_said_cannot_be_loaded(tmp_path: Path) -> None:
    """Neither an act, nor a wording, nor a claim; nor a motion around no finding."""
    motion, asked = r.MOTIONS[0], (r.ASKED,)
    unsaid = replace(motion, acts=(replace(motion.acts[0], quote="never said"),))
    wrong = [
        r.processed(r.MADE, asked, (unsaid,)),
        r.processed(r.MADE, asked, (replace(motion, wording="never said"),)),
        r.processed(r.MADE, (), (motion,)),
        r.processed(r.MADE, asked, (), (replace(r.DONE, quote="never said"),)),
    ]
    for part in wrong:
        with pytest.raises(StoreError, match="process it again"):
            store.load(tmp_path, [ProcessedMeeting(b.meeting("june"), (part,))])


def test_an_older_warehouse_is_brought_up_to_date_and_keeps_everything(tmp_path: Path) -> None:
    """Its recommendations are in the register without anything being processed again."""
    store.load(tmp_path, [b.done("june"), b.done("july", day=r.JULY)])
    with duckdb.connect(str(tmp_path / LIVE_NAME)) as con:
        for name in TABLES:
            con.execute(f"DROP TABLE store.{name} CASCADE")
        con.execute("DELETE FROM store.migration WHERE number IN (3, 6)")
        con.execute("UPDATE store.fact SET value = 'of old' WHERE name = 'views'")
    before = everything_but_views(tmp_path)

    with pytest.raises(StoreError, match="another version of this program"):
        open_reader(tmp_path)
    store.load(tmp_path, [])

    with open_reader(tmp_path) as reader:
        entries = register(reader, today=TODAY)
        hidden = reader.con.table("store.hidden").count("*").fetchall()
    assert everything_but_views(tmp_path) == before
    assert [e.recommendation for e in entries] == ["agreed", "agreed"]
    assert hidden == [(2,)]  # the member of the public of each


def everything_but_views(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables that were there before there was a register."""
    with duckdb.connect(str(home / LIVE_NAME), read_only=True) as con:
        known = [n for (n,) in con.execute(
            "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store'"
        ).fetchall()]  # fmt: skip
        old = [n for n in known if n not in (*TABLES, "migration", "fact", "held_against")]
        return {name: con.table(f"store.{name}").order("ALL").fetchall() for name in sorted(old)}


def test_the_migration_runs_on_a_warehouse_that_holds_rows() -> None:
    con = duckdb.connect()
    sql.run(con, "begin_schema")
    for name in sql.names("schema")[:2]:
        sql.run(con, name, "schema")
        sql.run(con, "record_migration", number=int(name[:4]), name=name)
    con.execute(
        "INSERT INTO store.person VALUES ('m', 0, NULL, 7, '', 'public', '', '', ''), "
        "('m', 1, 'Ann Varley', 8, '', 'councillor', '', '', '')"
    )
    migrate(con, "memory")

    assert con.table("store.hidden").fetchall() == [("m", 7, 0, True, False)]


def test_a_newer_schema_is_refused_by_loader_and_register(tmp_path: Path) -> None:
    r.load(tmp_path, [r.june()])
    with duckdb.connect(str(tmp_path / LIVE_NAME)) as con:
        con.execute("INSERT INTO store.migration VALUES (4000, '4000_later')")

    with pytest.raises(NewerSchemaError, match="4000_later"):
        r.load(tmp_path, [])
    with pytest.raises(NewerSchemaError, match="4000_later"):
        open_reader(tmp_path)


NAMES = Masker(
    b.ROSTER, ["Mary Ann Quillan"], ["I will green the ward, says Joan."], ["Odell"]
).forms


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Joan Petty-Smith rang", "[name withheld] rang"),
        ("joan  petty smith rang", "[name withheld] rang"),
        ("Ms Petty-Smith's letter", "Ms [name withheld]'s letter"),
        ("Mary Ann Quillan and M. Quillan", "[name withheld] and [name withheld]"),
        ("Mrs Odell; odell is a word; Odell", "[name withheld]; odell is a word; [name withheld]"),
        ("Tom Petty answered", "Tom Petty answered"),
        ("", ""),
    ],
)
def test_a_name_is_hidden_in_what_people_write(written: str, shown: str) -> None:
    """By its hashes alone; who may be shown stays."""
    names = HiddenNames(NAMES, [p.name for p in b.ROSTER if p.kind != "public"])

    assert names.text(written) == shown
    line = Decision("note", written, "A. Clerk", "2026-07-20", values=(("note", written),))
    assert names.decision(line).verdict == shown
    assert dict(names.decision(line).values) == {"note": shown}


def test_names_whose_length_is_not_known_are_hidden_as_wholes() -> None:
    """As in meetings that were loaded before lengths were kept."""
    whole = [(key, 0, True, False) for key, _, whole, _ in NAMES if whole]

    assert HiddenNames(whole).text("Joan Petty-Smith rang") == "[name withheld] rang"
