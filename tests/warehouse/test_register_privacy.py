"""Names that are never to be shown are in no part of the register, nor in the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from tests.warehouse.test_privacy import HOSTILE, SECRETS, VOICES, everything
from tests.warehouse.test_register import TODAY
from transcripts.ledger import Ledger
from transcripts.linked import Thread, Worry
from transcripts.minutes import MinuteMatch, MinutePoint
from transcripts.processed import ProcessedMeeting
from warehouse import store
from warehouse.export import WRITERS, export
from warehouse.publish import LIVE_NAME
from warehouse.reader import open_reader
from warehouse.register import life, proposals, register
from warehouse.threads import threads

LINES = (
    ("V1", "1", "I recommend that Mrs Brackenbury and Zoë O'Harrow-Pike be sent a schedule."),
    ("V3", "1", "Seconded, says Ottoline Brackenbury. Mr Quillfeather is worried about bins."),
    ("V1", "1", "The schedule was sent to Zo Pike and to A. Quillfeather. Agreed."),
    ("V3", "1", "Mr Quillfeather is worried about bins."),
)
SAID = b.transcript("june", LINES, voices=VOICES)
ASKED = b.finding(
    SAID,
    "recommendation",
    "that Mrs Brackenbury and Zoë O'Harrow-Pike be sent a schedule",
    agreed=True,
    addressee="Ottoline Brackenbury",
)
WORRIES = tuple(
    b.finding(SAID, "concern", "Mr Quillfeather is worried about bins", score=0.5 + n / 10)
    for n in range(1)
)
REFERENCE = "SCSC/2026-27/01"


class Telling(r.Likeness):
    """Repeats in its reasons and titles what it was shown."""

    def __init__(self) -> None:
        super().__init__(at_least=-1.0)

    def threads(self, worries: list[Worry]) -> list[Thread]:  # type: ignore[override]
        """One thread of everything."""
        return [Thread("t", worries[0].text, tuple(w.finding_id for w in worries))]


def hostile() -> ProcessedMeeting:
    """A meeting in which everything the register holds carries the name of a stranger."""
    second = replace(WORRIES[0], id="second", start_s=WORRIES[0].start_s + 1)
    motion = r.motion(
        SAID,
        ASKED,
        ("floated", ASKED.quote),
        ("seconded", "Seconded, says Ottoline Brackenbury"),
        ("agreed", "Agreed."),
        addressee="Zoë O'Harrow-Pike",
        seconder="V2",
    )
    claim = r.claim(
        SAID, "complete", "The schedule was sent to Zo Pike", keys=("Brackenbury's minute",)
    )
    point = MinutePoint(
        "p1", "recommendation", "That Zoë O'Harrow-Pike be sent a schedule", 0,
        lead="Mrs Brackenbury asked:", mover="Mr Quillfeather", seconder="Zo Pike",
        vote="Brackenbury against", item_title="Question of O. Brackenbury", addressee="Ms Pike",
    )  # fmt: skip
    match = MinuteMatch("p1", ASKED.id, 0.9, 0.4, "certain", ("both name O'Harrow-Pike",))
    minutes = replace(
        r.minutes("made up"), source="Brackenbury.docx", points=(point,), matches=(match,)
    )
    part = r.processed(SAID, (ASKED, WORRIES[0], second), (motion,), (claim,))
    return ProcessedMeeting(b.meeting("june", people=HOSTILE), (part,), (minutes,))


NUMBERED = r.line(
    "reference", REFERENCE, reference="", finding_id=ASKED.id, recording_sha256=b.sha_of("june")
)
WRITTEN = (
    r.line("note", "ring Ottoline Brackenbury, or Mrs  Brackenbury's son", why="zo pike said so"),
    r.line("respond", "accepted", words="Dear Ms O’Harrow-Pike, yes", why="Mr Quillfeather asked"),
    r.line(
        "progress",
        "in_progress",
        words="A. Quillfeather has it",
        url="https://example.org/Ottoline-Brackenbury",
        values=(("progress", "Zoë O'Harrow-Pike was written to"),),
    ),
    r.line("correct", "Zo Pike", column="lead_officer"),
    r.line("entry", "That Mrs Brackenbury be told", reference="HP/2025-26/04"),
)
HIDDEN = tuple(s for s in SECRETS if s not in ("so did varnham", "drop table meetings;"))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive in which every field that can carries a stranger's name."""
    made = tmp_path_factory.mktemp("home")
    r.load(made, [hostile()], NUMBERED, *WRITTEN, linker=Telling())
    return made


def test_no_view_holds_it(home: Path) -> None:
    shown = everything(home)
    assert [s for s in HIDDEN if s in shown] == []
    with open_reader(home) as reader:
        views = ("motions", "claims", "links", "concern_threads", "minute_points", "register",
                 "register_events")  # fmt: skip
        counts = {v: reader.con.view(v).count("*").fetchall()[0][0] for v in views}
    assert min(counts.values()) > 0, counts


def test_the_file_does_not_hold_it(home: Path) -> None:
    raw = (home / LIVE_NAME).read_bytes().lower()
    assert [s for s in HIDDEN if s.encode() in raw] == []


@pytest.mark.parametrize("format", sorted(WRITERS))
def test_no_export_holds_it(home: Path, tmp_path: Path, format: str) -> None:
    export(home, tmp_path / "out", format)
    raw = b"".join(p.read_bytes() for p in (tmp_path / "out").iterdir()).lower()
    assert [s for s in HIDDEN if s.encode() in raw] == []


def test_the_register_does_not_show_it_nor_what_was_written_since(
    home: Path, tmp_path: Path
) -> None:
    r.load(tmp_path, [hostile()], NUMBERED, linker=Telling())
    Ledger(tmp_path).append(WRITTEN)
    for where in (home, tmp_path):
        with open_reader(where) as reader:
            shown = str(
                (
                    register(reader, today=TODAY),
                    life(reader, REFERENCE, today=TODAY),
                    proposals(reader),
                    threads(reader),
                )
            ).lower()
        assert [s for s in HIDDEN if s in shown] == []
        assert "[name withheld] be sent a schedule" in shown


def test_a_name_withheld_later_leaves_the_register_with_the_next_load(tmp_path: Path) -> None:
    """Also from what an earlier linker and earlier lines said; and it may be shown again."""
    r.load(
        tmp_path,
        [r.june(), r.july()],
        r.NUMBERED,
        r.line("note", "Tom Petty rang"),
        linker=Telling(),
    )
    withheld = r.line("withhold", "withheld", reference="", name="Tom Petty")
    r.load(tmp_path, [r.june(), r.july()], withheld)
    assert "petty" not in everything(tmp_path).replace("petty-smith", "")

    shown = r.line("withhold", "shown", reference="", name="Tom Petty")
    r.load(tmp_path, [r.june(), r.july()], shown)
    assert "tom petty rang" in everything(tmp_path)


def test_a_name_withheld_that_stands_in_minutes_asks_for_their_meeting(tmp_path: Path) -> None:
    minuted = replace(r.june(), minutes=(r.minutes("That Odo Fenwright be thanked"),))
    r.load(tmp_path, [minuted, r.july()], r.NUMBERED)
    withheld = [r.line("withhold", "withheld", reference="", name="Odo Fenwright")]

    assert store.stale_meetings(tmp_path, withheld) == ("june",)
    r.load(tmp_path, [minuted], *withheld)
    assert "fenwright" not in everything(tmp_path)
