"""What loading promises: whole meetings, the same views for the same record, one writer."""

from __future__ import annotations

import gc
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matters_arising.errors import BusyError, NewerSchemaError, StoreError
from tests.warehouse import builders as b
from warehouse import store
from warehouse.migrate import VIEWS
from warehouse.publish import LIVE_NAME, PRIVATE_NAME, generations, writing
from warehouse.reader import open_reader
from warehouse.search import search

JUNE = b.done("june", day=date(2026, 6, 2))
JULY = b.done("july", day=date(2026, 7, 7))
AUGUST = b.one_transcript(b.transcript("august", b.LINES[:3]), day=date(2026, 8, 4))
ROOT = Path(__file__).resolve().parents[2]


def dump(home: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every public view, in the order of its columns."""
    with open_reader(home) as reader:
        return {view: reader.con.view(view).order("ALL").fetchall() for view in VIEWS}


def test_the_same_meetings_give_the_same_views_in_whatever_order_they_were_loaded(
    tmp_path: Path,
) -> None:
    """Numbers of the file follow the loading; the views do not."""
    one, other, again = tmp_path / "one", tmp_path / "other", tmp_path / "again"
    store.load(one, [JUNE, JULY, AUGUST])
    store.load(other, [AUGUST])
    store.load(other, [JULY])
    store.load(other, [JUNE, AUGUST])
    store.rebuild(again, [JULY, AUGUST, JUNE])

    assert dump(other) == dump(one)
    assert dump(again) == dump(one)


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(orders=st.lists(st.permutations([JUNE, JULY, AUGUST]), min_size=1, max_size=1))
def test_loading_again_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, orders: list[list[b.ProcessedMeeting]]
) -> None:
    """A load whose acknowledgement was lost may be made again."""
    home, once = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("once")
    store.load(once, [JUNE, JULY, AUGUST])
    for order in [[JUNE, JULY, AUGUST], *orders]:
        store.load(home, order)

    assert dump(home) == dump(once)
    assert store.check(home) == []


def test_a_meeting_is_replaced_whole(tmp_path: Path) -> None:
    """Nothing of the earlier version is left, not in the index either."""
    store.load(tmp_path, [JUNE, JULY])
    shorter = b.one_transcript(b.transcript("june", b.LINES[:1]), day=date(2026, 6, 2))
    report = store.load(tmp_path, [shorter])

    with open_reader(tmp_path) as reader:
        held = reader.con.view("sentences").filter("meeting_id = 'june'").fetchall()
        gone = search(reader, "bins").hits
    assert (report.meetings, report.sentences, len(held)) == (1, 2, 2)
    assert [hit.meeting_id for hit in gone] == ["july"]
    assert store.check(tmp_path) == []


def test_both_accounts_of_a_recording_are_kept_and_one_is_preferred(tmp_path: Path) -> None:
    """Captions and recognised speech lie side by side."""
    speech, captions = b.transcript("june"), b.transcript("june", source="captions")
    both = b.ProcessedMeeting(
        b.meeting("june"), (b.processed(speech), b.processed(captions, preferred=False))
    )
    store.load(tmp_path, [both])

    with open_reader(tmp_path) as reader:
        found = reader.con.view("transcripts").project("source, preferred").order("ALL").fetchall()
    assert found == [("captions", False), ("speech", True)]


def test_every_row_can_be_traced_to_recording_engine_model_and_settings(tmp_path: Path) -> None:
    """By its transcript version, through the view engines."""
    store.load(tmp_path, [JUNE])

    with open_reader(tmp_path) as reader:
        found = reader.con.sql(
            "SELECT DISTINCT e.part, e.engine, e.model_sha256, e.settings, s.recording_sha256 "
            "FROM sentences AS s JOIN engines AS e USING (meeting_id, transcript_version) "
            "ORDER BY ALL"
        ).fetchall()
    assert found == [
        ("findings", "patterns", "", '{"bar": 0.5}', b.sha_of("june")),
        ("transcript", "scripted", "ab" * 32, '{"beam": 5}', b.sha_of("june")),
        ("vectors", "made up", "cd" * 32, "{}", b.sha_of("june")),
    ]


def test_a_finding_whose_quote_was_not_said_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    """It names the finding and its sentence; not even how Python tidies up."""
    store.load(tmp_path, [JUNE])
    before, tidied = dump(tmp_path), gc.get_threshold()
    (part,) = JULY.transcripts
    findings = (replace(part.findings.findings[0], quote="words that nobody said"),)
    wrong = replace(JULY, transcripts=(
        replace(part, findings=replace(part.findings, findings=findings)),
    ))  # fmt: skip

    with pytest.raises(StoreError, match="quotes words that its sentence"):
        store.load(tmp_path, [AUGUST, wrong])
    assert (dump(tmp_path), gc.get_threshold()) == (before, tidied)


def test_a_second_writer_is_told_who_writes(tmp_path: Path) -> None:
    """And may wait."""
    with writing(tmp_path), pytest.raises(BusyError, match=r"another process \(number \d+, since"):
        store.load(tmp_path, [JUNE], wait_s=0.1)


def test_a_warehouse_from_a_newer_version_is_refused(tmp_path: Path) -> None:
    """By the loader and by readers, with what to do."""
    store.load(tmp_path, [JUNE])
    with duckdb.connect(str(tmp_path / LIVE_NAME)) as con:
        con.execute("INSERT INTO store.migration VALUES (9999, '9999_from_the_future')")

    with pytest.raises(NewerSchemaError, match="9999_from_the_future"):
        store.load(tmp_path, [JULY])
    with pytest.raises(NewerSchemaError, match="update the program"):
        open_reader(tmp_path)


def test_a_warehouse_with_views_of_another_version_is_brought_up_to_date_by_a_load(
    tmp_path: Path,
) -> None:
    """Until then readers say so, rather than stumble over a view that is not there."""
    store.load(tmp_path, [JUNE])
    with duckdb.connect(str(tmp_path / LIVE_NAME)) as con:
        con.execute(
            "DROP VIEW meetings; UPDATE store.fact SET value = 'of old' WHERE name = 'views'"
        )

    with pytest.raises(StoreError, match="another version of this program"):
        open_reader(tmp_path)
    store.load(tmp_path, [])
    assert len(dump(tmp_path)["meetings"]) == 1


def test_a_file_that_is_no_warehouse_is_named_with_what_to_do(tmp_path: Path) -> None:
    """A torn file is not a traceback."""
    (tmp_path / LIVE_NAME).write_bytes(b"not a database" * 1000)

    with pytest.raises(StoreError, match="matters rebuild"):
        open_reader(tmp_path)
    with pytest.raises(StoreError):
        open_reader(tmp_path / "nowhere")


FULL = """
import resource, signal, sys
from pathlib import Path
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from tests.warehouse import builders as b
from warehouse import store
from matters_arising.errors import StoreError
limit = int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    lines = [("V1", "1", f"Number {n} of many sentences, each of them new.") for n in range(4_000)]
    store.load(Path(sys.argv[1]), [b.one_transcript(b.transcript("long", lines))])
except StoreError as fault:
    print("StoreError", fault)
"""


def test_a_full_disk_is_said_and_the_old_warehouse_stays(tmp_path: Path) -> None:
    """The limit on file size stands for the disk: the write fails in the same place."""
    store.load(tmp_path, [JUNE])
    before = dump(tmp_path)
    limit = (tmp_path / LIVE_NAME).stat().st_size + 200_000
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path), str(limit)],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip

    assert ran.stdout.startswith("StoreError"), ran.stderr
    assert "is unchanged" in ran.stdout
    assert dump(tmp_path) == before
    assert not list(tmp_path.glob(f"{PRIVATE_NAME}*"))
    assert len(generations(tmp_path)) == 1


def test_check_finds_what_must_never_be(tmp_path: Path) -> None:
    """A quote that is no longer in its sentence."""
    store.load(tmp_path, [JUNE])
    with duckdb.connect(str(tmp_path / LIVE_NAME)) as con:
        con.execute("UPDATE store.finding SET quote = 'never said' WHERE kind = 'concern'")

    (fault,) = store.check(tmp_path)
    assert (fault.rows, "not in its sentence" in fault.check) == (1, True)
