"""Deadlines: the words of British speech that set one, and the day they mean if any."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.findings.dates import due_date
from models.findings.deadlines import deadline
from models.findings.patterns import Patterns
from models.findings.slots import SLOT_FILES

PATTERNS = Patterns(SLOT_FILES)
DAY = date(2026, 6, 11)  # a Thursday
MEETINGS = (DAY, date(2026, 7, 16))
SAID = [
    ("by Friday week", "2026-06-19"),
    ("a week on Monday", "2026-06-22"),
    ("before the summer recess", ""),
    ("by the end of quarter two", "2026-09-30"),
    ("by the end of Q4", "2027-03-31"),
    ("within 28 days", "2026-07-09"),
    ("within six weeks", "2026-07-23"),
    ("within three months", "2026-09-11"),
    ("before the next meeting", "2026-07-16"),
    ("when we meet again in July", "2026-07-16"),
    ("at the July meeting", "2026-07-16"),
    ("at the meeting in July", "2026-07-16"),
    ("in time for the budget", ""),
    ("by the new year", "2027-01-01"),
    ("early next year", ""),
    ("by the thirty-first of March", "2027-03-31"),
    ("by the end of March next year", "2027-03-31"),
    ("by the end of the financial year", "2027-03-31"),
    ("by the end of the municipal year", "2027-04-30"),
    ("by the end of the year", "2026-12-31"),
    ("by the 31st of January 2027", "2027-01-31"),
    ("from the first of July", "2026-07-01"),
    ("by 1 September 2026", "2026-09-01"),
    ("on Monday, September 21", "2026-09-21"),
    ("by the end of this month", "2026-06-30"),
    ("as soon as possible", ""),
    ("at the earliest opportunity", ""),
    ("in due course", ""),
    ("over the next few years", ""),
    ("within seven days of each deployment", ""),
    ("by the autumn half-term", ""),
    ("tomorrow morning", "2026-06-12"),
    ("immediately", ""),
    ("no later than 31st March 2027", "2027-03-31"),
    ("no later than the thirty-first of March", "2027-03-31"),
    ("no later than the end of September", "2026-09-30"),
    ("not later than September", "2026-09-30"),
    ("no later than Friday", "2026-06-12"),
    ("no later than our next meeting", "2026-07-16"),
    ("six weeks from today", "2026-07-23"),
    ("three months from now", "2026-09-11"),
    ("a week today", "2026-06-18"),
    ("by Q3 2027", "2027-12-31"),
    ("by the end of quarter two of 2027", "2027-09-30"),
    ("by Q4 2027", "2028-03-31"),
    ("by Monday 22nd", "2026-06-22"),
    ("by Monday the twenty-second", "2026-06-22"),
    ("by Tuesday 22nd", ""),
    ("by Easter", "2027-03-28"),
    ("by Christmas", "2026-12-25"),
    ("by July's meeting", "2026-07-16"),
    ("to the July meeting", "2026-07-16"),
    ("by September's meeting", ""),
    ("by 31 November", ""),
    ("by the thirty-first of November", ""),
    ("by the 31st of February", ""),
    ("within twenty-one days", "2026-07-02"),
    ("within eighteen months", "2027-12-11"),
    ("within the next three months", "2026-09-11"),
    ("in the next six weeks", "2026-07-23"),
    ("within 48 hours", "2026-06-13"),
    ("within a couple of months", "2026-08-11"),
    ("within six to eight weeks", "2026-08-06"),
    ("within half a year", "2026-12-11"),
    ("within a year", "2027-06-11"),
    ("within the week", "2026-06-18"),
    ("by early September", "2026-09-10"),
    ("by the beginning of September", "2026-09-10"),
    ("by mid-September", "2026-09-20"),
    ("by late September", "2026-09-30"),
    ("by next week", "2026-06-19"),
    ("before next week", "2026-06-14"),
    ("by next month", "2026-07-31"),
    ("by the end of the quarter", "2026-06-30"),
    ("by the autumn", "2026-11-30"),
    ("by 30 Sept", "2026-09-30"),
    ("by the end of Sept", "2026-09-30"),
    ("by end July", "2026-07-31"),
    ("in the new financial year", "2027-04-01"),
    ("at the start of the new financial year", "2027-04-01"),
    ("before the next municipal year", "2027-04-30"),
    ("by the end of 2027", "2027-12-31"),
    ("before each deployment", ""),
]
IN_FIGURES = [
    ("by 1/9/2026", "2026-09-01"),
    ("by 01/09/26", "2026-09-01"),
    ("by 2026-09-01", "2026-09-01"),
    ("by 31/11/2026", ""),
    ("within 6-8 weeks", "2026-08-06"),
]


def told(text: str) -> str:
    found = deadline(text, PATTERNS.match(text))
    return text[found.start : found.end] if found else ""


def due(text: str) -> str:
    return due_date(told(text), DAY, MEETINGS)


@pytest.mark.parametrize(("said", "day"), SAID + IN_FIGURES)
def test_a_deadline_is_kept_in_its_words_and_dated_where_it_can_be(said: str, day: str) -> None:
    text = f"The council should mend the lamp {said}."

    assert (told(text), due(text)) == (said, day)


@pytest.mark.parametrize(("said", "day"), SAID)
def test_a_deadline_needs_no_stops_and_no_capitals(said: str, day: str) -> None:
    words = re.sub(r"\s+", " ", re.sub(r"[^a-z0-9 ]", " ", said.lower())).strip()
    text = f"the council should mend the lamp {words} thank you chair"

    assert (told(text), due(text)) == (words, day)


@pytest.mark.parametrize(
    "text",
    [
        "Until now the lamp was never mended.",
        "Now that the lamp is broken, it is dark.",
        "It is better for us in the long term.",
        "The lamp has been broken since March.",
        "It is the second lamp on the left.",
    ],
)
def test_a_time_that_sets_nothing_is_no_deadline(text: str) -> None:
    assert told(text) == ""


def test_a_day_goes_before_a_vague_word() -> None:
    assert told("Mend it as soon as possible, and by the end of June.") == "by the end of June"


@pytest.mark.parametrize(
    "text",
    [
        "within 200000 months",
        "within 3000000 days",
        "in 99999999 weeks",
        f"within {'9' * 5000} days",
        "by the 99th of June",
        "by the 0th",
    ],
)
def test_an_absurd_count_means_no_day(text: str) -> None:
    assert due_date(text, DAY, MEETINGS) == ""


WORDS = ("by before within in no later than the end of next this 0 31st 99 999 200000 ten thirty "
         "twenty first ninth of day days working weeks months March february June 2019 2099 year "
         "quarter two q4 christmas friday week fortnight meeting today from now easter early new "
         "financial hours july's autumn 1/9/2026 couple").split()  # fmt: skip


@given(
    st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=9),
    st.dates(DAY, date(2200, 1, 1)),
)
def test_no_words_break_the_telling_of_dates(words: list[str], day: date) -> None:
    due_date(" ".join(words), day, MEETINGS)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("within ten working days", "2026-06-24"),
        ("within 3 working days", "2026-06-15"),
        ("before March", "2027-02-28"),
        ("before July this year", "2026-06-30"),
        ("before Christmas", "2026-12-24"),
        ("before the new year", "2026-12-31"),
        ("before Easter", "2027-03-27"),
        ("within 0 days", ""),
        ("by the 31st November", ""),
        ("by March this year", ""),
        ("In June 2019 we asked the council and it should publish the figures", ""),
        ("by the 1st of May 2020", ""),
    ],
)
def test_a_day_is_the_last_that_keeps_the_deadline_and_never_past(said: str, day: str) -> None:
    assert due_date(said, date(2026, 6, 10), MEETINGS) == day


@given(st.lists(st.sampled_from(WORDS), max_size=9), st.dates(DAY, date(2200, 1, 1)))
def test_no_deadline_lies_before_the_meeting(words: list[str], day: date) -> None:
    found = due_date(" ".join(words), day, MEETINGS)

    assert not found or date.fromisoformat(found) >= day
