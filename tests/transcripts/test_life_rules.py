"""What the rules of the work say of answers and of doing, where "the last holds" would err."""

from __future__ import annotations

from datetime import date

import pytest

from tests.transcripts.lives_support import PAGE, entry, line, told

SENT = line("refer", "Cabinet", "2026-06-20")
NOTICE = line(
    "respond",
    "",
    "2026-06-20",
    values=(("received_on", "2026-06-15"), ("response_basis", "s9FE")),
)
LATE = date(2027, 1, 1)
LATER = date(2026, 9, 10)


@pytest.mark.parametrize("word", ["noted_only", "forwarded_to_officers", "interim"])
@pytest.mark.parametrize("answer", ["accepted", "accepted_in_part", "rejected", "deferred"])
def test_what_takes_no_view_does_not_displace_an_answer(word: str, answer: str) -> None:
    """The committee noted the answer; the answer is what it was."""
    found = entry(told(answer), told(word, "c2", day=LATER))

    assert found.response == answer


def test_an_answer_displaces_what_took_no_view() -> None:
    """Passed to officers in July, accepted in September."""
    assert entry(told("forwarded_to_officers"), told("accepted", "c2", day=LATER)).response == (
        "accepted"
    )


def test_a_person_may_say_that_it_was_only_noted_after_all() -> None:
    """Whoever writes a line has seen what was said before."""
    noted = line("respond", "noted_only", "2026-09-10", url=PAGE)

    assert entry(told("accepted"), noted).response == "noted_only"


@pytest.mark.parametrize(
    ("word", "overdue"),
    [
        ("forwarded_to_officers", True),
        ("awaiting", True),
        ("noted_only", False),
        ("rejected", False),
        ("interim", False),
    ],
)
def test_what_went_to_officers_has_not_been_answered(word: str, overdue: bool) -> None:
    """Two months from receipt have gone by; "no action" is an answer, "to officers" is none."""
    found = entry(SENT, NOTICE, told(word), today=LATE)

    assert (found.due_kind, found.response, found.overdue) == ("statutory", word, overdue)


def test_no_longer_feasible_leaves_that_it_was_accepted() -> None:
    """The one is about the doing, the other was the answer."""
    found = entry(told("accepted"), told("no_longer_feasible", "c2", day=LATER))

    assert (found.response, found.status, found.rag) == ("accepted", "no_longer_feasible", "Red")


def test_a_dispute_stands_beside_what_it_disputes() -> None:
    """Said to be complete, said not to be: both show, and neither is an end."""
    found = entry(told("complete"), told("disputed", "c2", day=LATER))

    assert (found.status, found.disputed, found.rag, found.open) == (
        "complete",
        True,
        "Amber",
        True,
    )
