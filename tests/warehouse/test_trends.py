"""Counts say what they speak for, and nothing searched is never told as nothing said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from tests.warehouse.trends_support import load
from warehouse.concordance import concordance
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.scope import scope
from warehouse.spans import beginnings, in_words
from warehouse.trends import BY, Figure, trends

NOTHING = Figure(None, None, None)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader of two meetings that were heard and one that was not."""
    with open_reader(load(tmp_path_factory.mktemp("home"))) as opened:
        yield opened


def test_months_without_a_searched_meeting_have_no_figure(reader: Reader) -> None:
    """July had no meeting, August none that was recorded; in June nobody said zeppelin."""
    counted = trends(reader, ["facial recognition", "zeppelin"])

    assert [(s.label, s.meetings_searched, s.meetings_held) for s in counted.stretches] == [
        ("June 2026", 1, 1), ("July 2026", 0, 0), ("August 2026", 0, 1), ("September 2026", 1, 1),
    ]  # fmt: skip
    first, july, august, _ = (s.figures for s in counted.stretches)
    assert (july, august) == ((NOTHING, NOTHING), (NOTHING, NOTHING))
    assert first == (Figure(2, 1, 240.0), Figure(0, 0, 0.0))


def test_the_rate_is_for_each_hour_of_the_sentences_searched(reader: Reader) -> None:
    """One voice's words are held against that voice's hours alone."""
    june = Filters(meeting="june", speaker="Okoro")
    (month,) = trends(reader, ["notice"], filters=june).stretches

    said = [(12.4, 16.4), (16.4, 18.0), (40.0, 44.4)]  # of the sample's third and last lines
    hours = sum(end - start for start, end in said) / 3600
    assert month.hours_spoken == pytest.approx(hours, abs=1e-6)
    assert month.figures[0].per_hour == pytest.approx(1 / hours, rel=1e-3)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize(
    "filters", [Filters(), Filters(speaker="Varley"), Filters(committee="HSC")]
)
def test_the_rows_add_up_to_what_the_concordance_lists(
    reader: Reader, by: str, filters: Filters
) -> None:
    """By whatever they are counted."""
    counted = trends(reader, ["the", "recognition"], by=by, filters=filters)

    listed = [sum(1 for _ in concordance(reader, p, filters=filters)) for p in counted.phrases]
    rows = [[s.figures[n].occurrences or 0 for s in counted.stretches] for n in (0, 1)]
    assert [sum(row) for row in rows] == listed
    assert [f.occurrences for f in counted.total.figures] == listed
    assert sum(s.hours_spoken for s in counted.stretches) == pytest.approx(
        counted.total.hours_spoken, abs=1e-5
    )


def test_kinds_of_speaker_are_of_the_roster_and_no_names(reader: Reader) -> None:
    """The chair is told apart from the councillors."""
    counted = trends(reader, ["facial recognition"], by="speaker-role")

    assert {s.label: s.figures[0].occurrences for s in counted.stretches} == {
        "the chair": 2, "councillors": 0, "officers": 2, "members of the public": 0,
    }  # fmt: skip


def test_committees_stand_side_by_side(reader: Reader) -> None:
    """In the order of their names."""
    counted = trends(reader, ["bins"], by="committee")

    assert [(s.label, s.meetings_searched, s.meetings_held) for s in counted.stretches] == [
        ("Housing Select Committee", 1, 1), ("Safer Communities Scrutiny Committee", 1, 2),
    ]  # fmt: skip


def test_the_scope_names_the_meetings_that_were_not_searched(reader: Reader) -> None:
    """So that a silence can be told from a gap."""
    searched = scope(reader, Filters())

    assert searched.not_searched == ("august",)
    assert searched.line.startswith("2 of 3 meetings searched, 2 June 2026 to 1 September 2026: 20")


@pytest.mark.parametrize(
    ("by", "first", "last", "labels"),
    [
        ("month", date(2025, 12, 30), date(2026, 1, 1), ["December 2025", "January 2026"]),
        ("quarter", date(2025, 12, 31), date(2026, 4, 1), ["2025 Q4", "2026 Q1", "2026 Q2"]),
        ("year", date(2025, 12, 31), date(2026, 1, 1), ["2025", "2026"]),
        ("year", date(2026, 1, 1), date(2026, 12, 31), ["2026"]),
    ],
)  # fmt: skip
def test_no_stretch_is_left_out(by: str, first: date, last: date, labels: list[str]) -> None:
    """Over the turn of a year too."""
    assert [in_words(d, by) for d in beginnings(first, last, by)] == labels


def test_a_phrase_given_twice_is_counted_once(reader: Reader) -> None:
    """In other capitals it is the same."""
    assert trends(reader, ["Bins", "bins"]).phrases == ("bins",)


@pytest.mark.parametrize(
    ("phrases", "by", "filters", "fault"),
    [
        (["bins"], "week", Filters(), UnknownValueError),
        ([], "month", Filters(), BadInputError),
        (["!"], "month", Filters(), BadInputError),
        (list("abcdefghi"), "month", Filters(), BadInputError),
        (["bins"], "month", Filters(speaker="Nobody"), NotInArchiveError),
    ],
)
def test_what_cannot_be_counted_is_said(
    reader: Reader, phrases: list[str], by: str, filters: Filters, fault: type[Exception]
) -> None:
    """As one sentence."""
    with pytest.raises(fault):
        trends(reader, phrases, by=by, filters=filters)
