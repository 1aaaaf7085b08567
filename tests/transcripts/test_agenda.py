"""The page a committee asks by: what is looked for, until when, and where nothing was found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from transcripts.life import Entry
from transcripts.tracker import agenda, agenda_pages
from transcripts.tracker.docx import row
from transcripts.tracker.ics import as_ics

DAY = date(2026, 11, 10)
LIGHTS = Entry(
    reference="SCSC/2026-27/05",
    committee="Safer Communities Scrutiny Committee",
    meeting_date="2026-07-16",
    agenda_item="5",
    text_spoken="Put lights on the path before the end of October.",
    recipient="Cabinet Member for Transport",
    action_due="2026-10-31",
    response_due="2026-09-16",
    due_kind="estimated",
    recommendation="agreed",
    finding_id="f5",
)
LOOKED = {
    LIGHTS.reference: [
        agenda.Looked(date(2026, 9, 10), "Safer Communities Scrutiny Committee", 0.941),
        agenda.Looked(date(2026, 10, 7), "Cabinet", None),
    ]
}


def lines(section: agenda.Section) -> list[tuple[str, ...]]:
    return [item.lines for item in section.items]


def days(entry: Entry) -> int:
    return as_ics([entry], now=datetime(2026, 8, 1, tzinfo=UTC)).count(b"BEGIN:VEVENT")


def test_the_day_the_committee_named_and_that_of_the_answer_stand_apart() -> None:
    (told,) = lines(agenda.due([LIGHTS], DAY, LOOKED))

    assert told[1:] == (
        "To be done by 31 Oct 2026",
        "Answer: none found; looked for by 16 Sep 2026 (estimated)",
    )


@pytest.mark.parametrize("state", ["forwarded_to_officers", "interim", "deferred"])
def test_what_is_no_answer_yet_stays_due(state: str) -> None:
    passed_on = replace(LIGHTS, response=state, response_date="2026-09-01", action_due="")
    (told,) = lines(agenda.due([passed_on], DAY, LOOKED))

    assert agenda.answered([passed_on], "2026-07-16", DAY).items == ()
    assert "1 Sep 2026, no answer yet; looked for by 16 Sep 2026" in told[-1]
    assert days(passed_on) == 1


def test_what_is_only_said_to_be_done_is_still_due_and_told_as_that() -> None:
    told = "Complete according to Cllr Petty on 2026-10-07; no other evidence is held."
    said = replace(LIGHTS, status="complete", progress=told)
    shown = replace(said, open=False)

    assert lines(agenda.said_done([said, shown]))[0][-1] == told
    assert len(agenda.due([said, shown], DAY, LOOKED).items) == 1
    assert [days(said), days(shown)] == [2, 0]
    assert [len(agenda.done([e]).items) for e in (said, shown)] == [0, 1]


def test_an_answer_written_down_late_is_told_at_the_next_meeting() -> None:
    late = replace(LIGHTS, response="accepted", response_date="2026-07-10")

    def told(*written: tuple[str, str]) -> int:
        return len(agenda.answered([late], "2026-07-16", DAY, written).items)

    assert told() == 0
    assert told((late.reference.lower(), "2026-07-10")) == 1


def test_silence_comes_with_where_each_was_looked_for() -> None:
    quiet = replace(LIGHTS, silent=True)

    assert lines(agenda.silent([quiet], LOOKED))[0][-2:] == (
        "No response found in the records loaded, last looked 7 Oct 2026.",
        "Looked for in: 10 Sep 2026 Safer Communities Scrutiny Committee (94% heard); "
        "7 Oct 2026 Cabinet.",
    )
    assert lines(agenda.due([LIGHTS], DAY, {}))[0][-1] == "Nothing was searched since."


def test_what_nobody_heard_being_made_is_told_as_not_looked_for() -> None:
    row = replace(LIGHTS, finding_id="")

    assert lines(agenda.due([row], DAY, LOOKED))[0][-1] == agenda.NOT_LOOKED_FOR


def test_what_was_refused_is_due_nowhere() -> None:
    refused = replace(LIGHTS, response="rejected", response_date="2026-09-01")

    assert agenda.due([refused], DAY, LOOKED).items == ()
    assert agenda.also_open([refused], ()).items == ()
    assert days(refused) == 0


def test_what_was_accepted_and_then_forgotten_is_named() -> None:
    """It has no day, is not silent, and was answered years ago."""
    kept = replace(LIGHTS, action_due="", response="accepted", response_date="2024-07-10")
    told = (agenda.due([kept], DAY, LOOKED), agenda.answered([kept], "2026-09-10", DAY))

    (line,) = lines(agenda.also_open([kept], told))
    assert line[-3:] == ("Agreed 16 Jul 2026", "accepted 10 Jul 2024", "not started")
    assert agenda.also_open([kept], (agenda.also_open([kept], ()),)).items == ()


def test_what_ended_before_the_last_meeting_is_told_no_more() -> None:
    ended = replace(LIGHTS, status="complete", open=False, closed_on="2026-07-20")
    gone = replace(LIGHTS, status="no_longer_feasible")  # a person has still to close it

    assert len(agenda.done([ended, gone], "2026-07-16").items) == 2
    assert len(agenda.done([ended, gone], "2026-09-10").items) == 1
    late = [(LIGHTS.reference.lower(), "2026-07-20")]
    assert len(agenda.done([ended], "2026-09-10", late).items) == 1


def test_a_wording_that_is_in_no_minutes_is_not_called_minuted() -> None:
    entered = replace(LIGHTS, text_minuted="A lamp at the gate")

    assert row(entered)[2] == "A lamp at the gate (in the register)"
    assert row(replace(entered, minute_no="31"))[2] == "A lamp at the gate (as minuted)"
    assert row(LIGHTS)[2].endswith("(as said)")


def test_what_nobody_heard_has_no_empty_quotation() -> None:
    entered = replace(LIGHTS, text_spoken="", text_minuted="That lights be put up.")

    assert "Said:" not in str(agenda.due([entered], DAY, LOOKED))


def test_a_link_says_what_it_leads_to() -> None:
    claim = agenda.Item("R/1", "words", (), "https://example.org/m#t=9", "where it says so")
    made = agenda.Agenda("Any", DAY, "", (agenda.Section("To confirm", (claim,), ""),), "")

    assert ">where it says so</a>" in agenda_pages.as_html(made)
    assert "being made" not in agenda_pages.as_html(made)
