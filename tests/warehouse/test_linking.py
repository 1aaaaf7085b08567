"""A linker is asked about what a load changed, and nothing hangs on the order of loads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from transcripts.ledger import Ledger
from transcripts.processed import ProcessedMeeting
from warehouse import store
from warehouse.reader import open_reader
from warehouse.threads import threads

AUTUMN = date(2026, 10, 1)


def autumn() -> ProcessedMeeting:
    """A meeting after July that hears of it as well, in the same turns."""
    said = b.transcript("autumn", r.TOLD_LINES)
    told = r.claim(said, "complete", "The schedule before any deployment is published")
    return ProcessedMeeting(b.meeting("autumn", day=AUTUMN), (r.processed(said, (), (), (told,)),))


def links(home: Path) -> list[tuple[object, ...]]:
    with open_reader(home) as reader:
        return reader.con.execute("SELECT * FROM store.link ORDER BY position").fetchall()


def test_a_meeting_and_those_after_it_are_asked_about_and_no_earlier_ones(tmp_path: Path) -> None:
    linker = r.Likeness()
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, linker=linker)
    before = links(tmp_path)

    r.load(tmp_path, [autumn()], linker=linker)
    assert linker.asked == [("july",), ("autumn",)]
    assert links(tmp_path)[: len(before)] == before

    minuted = replace(r.june(), minutes=(r.minutes("That Cabinet publish a schedule"),))
    r.load(tmp_path, [minuted], linker=linker)
    assert linker.asked[-1] == ("july", "autumn")


def test_two_meetings_that_say_the_same_in_turns_of_one_number_are_both_linked(
    tmp_path: Path,
) -> None:
    r.load(tmp_path, [r.june(), r.july(), autumn()], r.NUMBERED, linker=r.Likeness())

    assert len(links(tmp_path)) == 2


def test_links_do_not_hang_on_the_order_in_which_meetings_came(tmp_path: Path) -> None:
    came = [r.june(), r.july(), autumn()]
    for folder, meetings in (("one", came), ("other", [came[2], came[0], came[1]])):
        r.load(tmp_path / folder, meetings[:1], r.NUMBERED, linker=r.Likeness())
        for meeting in meetings[1:]:
            r.load(tmp_path / folder, [meeting], linker=r.Likeness())
    standing, mark = Ledger(tmp_path / "one").standing_to()
    again = tmp_path / "again"
    store.rebuild(again, came, decisions=standing, mark=mark, linker=r.Likeness())

    assert links(tmp_path / "one") == links(tmp_path / "other") == links(again) != []


def test_an_archive_of_an_earlier_version_is_asked_about_as_a_whole(tmp_path: Path) -> None:
    linker = r.Likeness()
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, linker=linker)
    before = links(tmp_path)
    linker.version = "another"  # type: ignore[attr-defined]
    r.load(tmp_path, [], linker=linker)

    assert linker.asked == [("july",), ("july",)]
    assert links(tmp_path) == before


def test_threads_may_wait_for_the_last_load_of_a_batch(tmp_path: Path) -> None:
    linker = r.Likeness()
    r.load(tmp_path, [r.june()], r.NUMBERED, linker=linker)
    store.load(tmp_path, [r.july()], decisions=[r.NUMBERED], linker=linker, threads=False)
    with open_reader(tmp_path) as reader:
        assert (threads(reader), len(links(tmp_path))) == ([], 1)
    assert store.has_old_threads(tmp_path, linker)

    store.load(tmp_path, [], decisions=[r.NUMBERED], linker=linker)
    with open_reader(tmp_path) as reader:
        assert len(threads(reader)) == 1
    assert not store.has_old_threads(tmp_path, linker)
