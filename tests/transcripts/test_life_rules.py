"""What the rules of the work say of answers and of doing, where "the last holds" would err."""

from __future__ import annotations

from datetime import date

import pytest

from tests.transcripts.lives_support import PAGE, entry, line, told
from transcripts.states import in_words

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


@pytest.mark.parametrize("word", ["in_progress", "paused", "no_longer_feasible"])
def test_a_word_does_not_displace_what_is_complete_with_proof(word: str) -> None:
    """A page shows it done in July; in September somebody speaks of it as if it were not."""
    done = line("progress", "complete", "2026-07-10", url=PAGE)
    found = entry(done, told(word, "c2", day=LATER))

    assert (found.status, found.rag, found.open) == ("complete", "Green", False)
    assert found.progress.endswith(
        f"; said since to be {in_words(word)} (Director of Place, 2026-09-10)"
    )


def test_a_word_displaces_a_word() -> None:
    """Said to be complete in July without anything to show, and in progress in September."""
    found = entry(told("complete"), told("in_progress", "c2", day=LATER))

    assert (found.status, found.open) == ("in_progress", True)


def test_a_person_who_has_seen_the_proof_may_decide_otherwise() -> None:
    """The clerk looked again, and writes so."""
    done = line("progress", "complete", "2026-07-10", url=PAGE)
    again = line("progress", "in_progress", "2026-09-11", why="only half of the ward has it")
    found = entry(done, told("paused", "c2", day=LATER), again)

    assert (found.status, found.open) == ("in_progress", True)


def test_who_disputes_a_proof_stands_beside_it() -> None:
    """It is said in the room that the page is wrong: still complete, and disputed."""
    done = line("progress", "complete", "2026-07-10", url=PAGE)
    found = entry(done, told("disputed", "c2", day=LATER))

    assert (found.status, found.disputed, found.rag) == ("complete", True, "")


def test_what_was_reopened_is_as_it_was_last_said_to_be() -> None:
    """Reopening sets the proof aside, so that later words count again."""
    done = line("progress", "complete", "2026-07-10", url=PAGE)
    reopened = line("reopen", "", "2026-09-01", why="the page was last year's")
    found = entry(done, reopened, told("in_progress", "c2", day=LATER))

    assert (found.status, found.open) == ("in_progress", True)
