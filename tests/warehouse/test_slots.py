"""The particulars of findings in the views: verbatim, masked, and absent from older findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from matters_arising.errors import StoreError
from tests.warehouse import builders as b
from transcripts.finding import Finding, Slot
from transcripts.processed import Transcript
from warehouse import sql, store
from warehouse.listings import FindingRow, listing
from warehouse.migrate import migrate
from warehouse.reader import open_reader

LINES = (
    ("V1", "5", "If the money is there, the Cabinet should publish a schedule by July."),
    ("V3", "5", "That goes to Mrs Joan Petty-Smith and the Cabinet Member."),
    ("V3", "6", "I will write to you by the end of June."),
    ("V2", "6", "The tenants are worried about damp."),
)
SAID = b.transcript("june", LINES)


def slot(name: str, words: str, said: Transcript = SAID, rule: str = "r") -> Slot:
    """A slot on the first sentence that holds the words."""
    s = next(s for s in said.sentences if words in s.text)
    start = s.text.index(words)
    return Slot(name, words, start, start + len(words), s.id, rule)


ASKED = b.finding(
    SAID,
    "recommendation",
    "the Cabinet should publish a schedule by July",
    addressee="Cabinet Member",
    due="2026-07-31",
    slots=(
        slot("condition", "If the money is there"),
        slot("addressee", "Cabinet"),
        slot("action", "publish a schedule by July"),
        slot("matter", "schedule"),
        slot("deadline", "by July"),
        slot(
            "wording", "That goes to Mrs Joan Petty-Smith and the Cabinet Member", rule="W.goes-to"
        ),
    ),
)
PROMISED = b.finding(
    SAID,
    "undertaking",
    "I will write to you",
    slots=(
        slot("holder", "I"),
        slot("action", "write to you"),
        slot("deadline", "by the end of June"),
    ),
)
WORRIED = b.finding(
    SAID, "concern", "The tenants are worried", slots=(slot("whose", "The tenants"),)
)
OLDER = b.finding(SAID, "follow-up", "worried about damp")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    store.load(tmp_path, [b.one_transcript(SAID, (ASKED, PROMISED, WORRIED, OLDER))])
    return tmp_path


def only(home: Path, kind: str) -> FindingRow:
    with open_reader(home) as reader:
        (row,) = listing(reader, kind)
    return row


def test_a_recommendation_is_listed_with_what_whom_by_when_and_if(home: Path) -> None:
    row = only(home, "recommendation")

    assert (row.action, row.addressee, row.deadline, row.due, row.condition, row.matter) == (
        "publish a schedule by July",
        "Cabinet Member",
        "by July",
        "2026-07-31",
        "If the money is there",
        "schedule",
    )


def test_an_undertaking_of_the_speaker_is_held_under_the_speakers_name(home: Path) -> None:
    row = only(home, "undertaking")

    assert (row.holder, row.action) == ("Dr Grace Okoro", "write to you")


def test_a_concern_says_whose_it_is_and_older_findings_say_nothing(home: Path) -> None:
    assert only(home, "concern").whose == "The tenants"
    older = only(home, "follow-up")
    assert {older.action, older.holder, older.deadline, older.whose, older.matter} == {""}


def test_a_name_that_is_hidden_is_hidden_in_slots(home: Path) -> None:
    assert only(home, "recommendation").wording == (
        "That goes to Mrs [name withheld] and the Cabinet Member"
    )


def test_each_particular_is_a_row_with_its_sentence_and_rule(home: Path) -> None:
    with open_reader(home) as reader:
        rows = reader.con.execute(
            "SELECT slot, own_sentence, rule FROM finding_slots "
            "WHERE kind = 'recommendation' ORDER BY position"
        ).fetchall()

    assert rows[0] == ("condition", True, "r")
    assert rows[-1] == ("wording", False, "W.goes-to")
    assert len(rows) == len(ASKED.slots)


def test_replacing_or_rebuilding_leaves_one_copy_of_each_particular(home: Path) -> None:
    meeting = b.one_transcript(SAID, (ASKED,))
    store.load(home, [meeting])
    store.rebuild(home, [meeting])

    with open_reader(home) as reader:
        assert reader.con.view("finding_slots").count("*").fetchall() == [(len(ASKED.slots),)]


@pytest.mark.parametrize(
    "wrong",
    [
        replace(ASKED, slots=(Slot("deadline", "by June", 0, 7, ASKED.sentence_id),)),
        replace(ASKED, slots=(replace(ASKED.slots[0], sentence_id="s99999"),)),
    ],
)
def test_a_slot_that_was_never_said_cannot_be_loaded(tmp_path: Path, wrong: Finding) -> None:
    with pytest.raises(StoreError, match="process it again"):
        store.load(tmp_path, [b.one_transcript(SAID, (wrong,))])


@pytest.mark.parametrize(
    ("kind", "action"),
    [("recommendation", "q"), ("undertaking", "q"), ("concern", ""), ("follow-up", "")],
)
def test_findings_loaded_before_there_were_slots_are_kept_without_them(
    kind: str, action: str
) -> None:
    """The migration adds columns to a table that holds rows; what is asked is then the quote."""
    con = duckdb.connect()
    sql.run(con, "begin_schema")
    sql.run(con, "0001_the_archive", "schema")
    sql.run(con, "record_migration", number=1, name="0001_the_archive")
    con.execute(
        "INSERT INTO store.finding VALUES (1, 1, 'f', ?, 's', 'u', 'V1', 'q', 0, 1, '', "
        "0.5, '', NULL, '', '')",
        [kind],
    )

    migrate(con, "memory")

    told = con.sql("SELECT finding_id, action, deadline, matter FROM store.finding").fetchall()
    assert told == [("f", action, "", "")]
