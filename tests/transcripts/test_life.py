"""A recommendation from the room to the result: what each step makes of it and does not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.transcripts.lives_support import (
    MADE,
    PAGE,
    entry,
    life,
    line,
    made,
    minuted,
    told,
)

LATE = date(2027, 1, 1)


def test_what_was_agreed_in_the_room_is_agreed_and_nothing_more() -> None:
    """Not accepted, not done: nobody has answered."""
    found = entry()

    assert (found.recommendation, found.response, found.status, found.rag, found.open) == (
        "agreed",
        "none_found",
        "not_started",
        "Amber",
        True,
    )


@pytest.mark.parametrize(
    ("outcome", "open_"),
    [
        ("", True),
        ("agreed", True),
        ("not_agreed", False),
        ("withdrawn", False),
        ("downgraded_to_comment", False),
    ],
)
def test_the_outcome_in_the_room_is_the_first_state(outcome: str, open_: bool) -> None:
    """What nothing settled was floated; what was not agreed is not waited for."""
    found = entry(made(outcome=outcome), told("in_progress", reference="none"), today=LATE)

    assert (found.recommendation, found.open, found.overdue, found.silent) == (
        outcome or "floated",
        open_,
        False,
        False,
    )


def test_minutes_and_referral_climb_the_ladder() -> None:
    """Draft, approved, sent; a referral is not undone by minutes approved after it."""
    approved = minuted(approved=True, day=date(2026, 8, 1))
    sent = line("refer", "Cabinet", "2026-06-20")

    assert [
        entry(*steps).recommendation
        for steps in ([minuted()], [minuted(), approved], [sent, approved], [sent])
    ] == ["minuted_draft", "minuted_approved", "referred", "referred"]
    assert entry(sent).response == "awaiting"


def test_the_minuted_wording_stands_beside_the_spoken_one() -> None:
    """Neither is rewritten into the other; the approved wording is the official one."""
    found = entry(
        minuted("draft words", vote="unanimous"), minuted("approved words", approved=True)
    )

    assert (found.text_minuted, found.text_spoken) == ("approved words", MADE.text_spoken)
    assert found.minute_no == "31"


def test_a_point_that_is_only_proposed_waits_for_a_person() -> None:
    """Accepted it is minuted, rejected it is gone."""
    proposed = minuted(standing="proposed")
    accept = line("minuted", "accepted", point_id="p1")
    reject = line("minuted", "rejected", point_id="p1")

    assert [
        (e.recommendation, e.text_minuted != "", e.proposed)
        for e in (entry(proposed), entry(proposed, accept), entry(proposed, reject))
    ] == [("agreed", False, 1), ("minuted_draft", True, 0), ("agreed", False, 0)]


@pytest.mark.parametrize(
    "state",
    [
        "accepted",
        "accepted_in_part",
        "accepted_in_principle",
        "rejected",
        "noted_only",
        "forwarded_to_officers",
        "deferred",
        "interim",
    ],
)
def test_every_answer_is_a_state_of_its_own(state: str) -> None:
    """ "Accepted in principle" is not acceptance, and "noted" is neither yes nor no."""
    assert entry(told(state)).response == state
    assert entry(line("respond", state, url=PAGE)).response == state


def test_a_proposed_link_is_counted_and_listed_and_changes_nothing() -> None:
    """Likeness alone proposes."""
    found = life(told("accepted", standing="proposed"))

    assert (found.entry.response, found.entry.proposed) == ("none_found", 1)
    assert [e.standing for e in found.events] == ["heard", "proposed"]


def test_a_link_that_a_person_accepted_counts_and_names_the_person() -> None:
    """The machine proposed, the clerk confirmed: the page can say both."""
    found = life(told("accepted", standing="proposed"), line("link", "accepted", claim_id="c1"))

    assert (found.entry.response, found.entry.proposed) == ("accepted", 0)
    assert [(e.standing, e.by) for e in found.events if e.source == "c1"] == [
        ("claimed", "A. Clerk")
    ]


def test_a_link_that_a_person_rejected_is_gone_and_the_rejection_is_not() -> None:
    """Also one with an explicit key: people say wrong numbers."""
    reject = line("link", "rejected", claim_id="c1")
    found = life(told("accepted"), reject)

    assert found.entry.response == "none_found"
    assert [e.source for e in found.events] == [MADE.finding_id, reject.id]


def test_a_person_may_link_what_the_machine_tied_to_another() -> None:
    """One answer may be about several: both have it."""
    other = made("SCSC/2026-27/02")
    accept = line("link", "accepted", claim_id="c1", reference="SCSC/2026-27/02")

    assert entry(MADE, other, told("accepted"), accept, reference="SCSC/2026-27/02").response == (
        "accepted"
    )
    assert entry(MADE, other, told("accepted"), accept).response == "accepted"


def test_the_later_answer_holds_whatever_was_written_first() -> None:
    """A clerk who files last month's letter today does not turn the clock back."""
    final = line("respond", "accepted_in_part", "2026-09-01", url=PAGE)
    first = line("respond", "interim", "2026-08-01", url=PAGE)

    assert entry(final, first).response == "accepted_in_part"


def test_no_longer_feasible_does_not_erase_accepted() -> None:
    """It was accepted, and it will not be done: two things, both true, and one is Red."""
    found = entry(told("accepted"), told("no_longer_feasible", "c2", day=date(2026, 11, 1)))

    assert (found.response, found.status, found.rag, found.open) == (
        "accepted",
        "no_longer_feasible",
        "Red",
        True,
    )


def test_complete_on_a_word_alone_says_so_and_is_not_green() -> None:
    """Who claims it is told, and that there is nothing else."""
    found = entry(told("complete"))

    assert (found.status, found.rag, found.open) == ("complete", "Amber", True)
    assert found.progress == (
        "Complete according to Director of Place on 2026-07-09; no other evidence is held."
    )


def test_complete_with_a_page_is_green_and_closed() -> None:
    """The page is evidence other than the word."""
    done = line("progress", "complete", "2026-07-10", url=PAGE, accessed="2026-07-12")
    found = entry(told("complete"), done)

    assert (found.status, found.rag, found.open, found.closed_on) == (
        "complete",
        "Green",
        False,
        "2026-07-10",
    )
    assert (found.evidence_urls, found.last_checked) == ((PAGE,), "2026-07-12")


def test_disputed_stands_beside_the_state_and_takes_the_green_away() -> None:
    """The committee does not believe it: it stays complete, and somebody has to look."""
    done = line("progress", "complete", "2026-07-10", url=PAGE)
    found = entry(done, line("contest", why="the page is last year's"))

    assert (found.status, found.disputed, found.rag) == ("complete", True, "")


@pytest.mark.parametrize(
    ("today", "overdue", "status"),
    [(date(2026, 9, 30), False, "not_started"), (date(2026, 10, 1), True, "overdue")],
)
def test_a_day_is_missed_when_it_has_ended(today: date, overdue: bool, status: str) -> None:
    """Not before the day after."""
    found = entry(made(due="2026-09-30"), told("accepted"), today=today)

    assert (found.action_due, found.overdue, found.status) == ("2026-09-30", overdue, status)
    assert found.rag == ("Red" if overdue else "Amber")


def test_an_estimated_day_is_never_missed() -> None:
    """No rule was recorded, so nobody is late by one."""
    found = entry(told("in_progress"), today=LATE)

    assert (found.response_due, found.due_kind, found.overdue) == ("2026-08-11", "estimated", False)


@pytest.mark.parametrize(
    ("met", "silent"),
    [
        ([date(2026, 7, 9)], False),
        ([date(2026, 7, 9), date(2026, 9, 10)], True),
        ([date(2026, 5, 7), date(2027, 2, 1)], False),
    ],
)
def test_silence_is_two_later_meetings_without_a_word(met: list[date], silent: bool) -> None:
    """Meetings before it was made, or still to come, do not count."""
    found = entry(met=met, today=LATE)

    assert (found.silent, found.rag) == (silent, "Red" if silent else "Amber")


def test_a_day_gone_by_without_a_word_is_silence() -> None:
    """One meeting is enough where a day was named; with none searched since, nobody listened."""
    due = made(due="2026-09-30")

    assert entry(due, met=[date(2026, 7, 9)], today=LATE).silent
    assert not entry(due, today=LATE).silent


@pytest.mark.parametrize(
    ("what", "silent"),
    [
        (told("in_progress"), False),
        (told("in_progress", standing="proposed"), False),
        (told("none_found"), False),
        (line("respond", "noted_only", "2026-07-20"), False),
        (line("note", "rang the director"), True),
        (line("refer", "Cabinet", "2026-06-20"), True),
        (minuted(), True),
        (line("close", why="overtaken"), False),
    ],
)
def test_silence_ends_with_a_mention_not_with_our_own_papers(what: object, silent: bool) -> None:
    """A proposed link may be the mention, so nothing is called silent that a person must judge."""
    assert entry(what, met=[date(2026, 7, 9), date(2026, 9, 10)], today=LATE).silent is silent  # type: ignore[arg-type]
