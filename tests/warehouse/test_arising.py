"""The matters arising page as it is put together from an archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.warehouse import register_builders as r
from transcripts.tracker.agenda import Agenda, Section
from warehouse.arising import agenda_for
from warehouse.reader import open_reader

SEPTEMBER = date(2026, 9, 10)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of two meetings and a meeting of the executive."""
    cabinet = r.quiet("cabinet", date(2026, 7, 1), committee="Cabinet", code="CAB")
    r.load(tmp_path, [r.june(), cabinet, r.july(claims=())], r.NUMBERED, linker=r.Likeness())
    return tmp_path


def page(home: Path, day: date = SEPTEMBER) -> Agenda:
    with open_reader(home) as reader:
        return agenda_for(reader, "SCSC", day)


def section(found: Agenda, title: str) -> Section:
    return next(s for s in found.sections if s.title.startswith(title))


def test_silence_and_the_foot_of_the_page_name_every_meeting_searched_with_its_share(
    home: Path,
) -> None:
    found = page(home)
    (item,) = section(found, "Silent").items

    for told in (item.lines[-1], found.searched):
        assert "1 Jul 2026 Cabinet (" in told
        assert "7 Jul 2026 Safer Communities Scrutiny Committee (" in told
        assert "% heard)" in told


def test_the_page_of_a_day_gone_by_knows_nothing_that_came_after_it(home: Path) -> None:
    url = "https://example.org/schedule"
    done = r.line("progress", "complete", day="2026-10-20", url=url)
    right = r.line("correct", "the Leader", column="recipient", day="2026-10-20")
    r.load(home, [], done, right)
    before = page(home)
    after = page(home, date(2026, 11, 10))

    assert section(before, "Done").items == ()
    (due,) = section(before, "Due").items
    assert "To the Leader" in due.lines  # put right whenever it was
    assert len(section(after, "Done").items) == 1


def test_an_answer_written_down_after_the_meeting_is_told_at_the_next(home: Path) -> None:
    late = r.line("respond", "accepted", day="2026-07-02", when="2026-07-20T10:00:00+01:00")
    early = r.line("respond", "accepted", day="2026-07-02", when="2026-07-02T10:00:00+01:00")
    r.load(home, [], early)
    known = section(page(home), "Answered").items
    r.load(home, [], late)

    assert known == ()
    assert len(section(page(home), "Answered").items) == 1


def test_a_point_of_the_minutes_that_may_be_it_waits_beside_the_claims(home: Path) -> None:
    sure = r.minutes("That the Cabinet be asked to publish a schedule", state="draft")
    (match,) = sure.matches
    unsure = replace(sure, matches=(replace(match, standing="proposed"),))
    r.load(home, [replace(r.june(), minutes=(unsure,))])

    (item,) = section(page(home), "Links").items

    assert (item.reference, item.accept) == (
        r.REFERENCE,
        f"matters recommendation {r.REFERENCE} minuted p1 accept",
    )
    assert [line for line in item.lines if "matters " in line] == []
