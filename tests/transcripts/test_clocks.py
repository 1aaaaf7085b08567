"""When an answer is due, and what makes it so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.transcripts.lives_support import entry, line, made
from transcripts.clocks import (
    Asked,
    months_beginning_with,
    recipient_kind,
    recipient_kinds,
    response_due,
    rules,
)

SENT = (("received_on", "2026-07-15"), ("response_basis", "s9FE"))


@pytest.mark.parametrize("basis", ["s9FE", "s19PJA", ""])
def test_a_day_at_the_end_of_time_in_an_older_ledger_is_no_fault(basis: str) -> None:
    """Such days were taken once; the lines stand."""
    kept = (("received_on", "9999-12-31"), ("response_basis", basis), ("action_due", "9999-12-31"))

    found = entry(line("refer", "Cabinet", values=kept), today=date(2027, 1, 1))

    assert (found.received_on, found.response_due[:7]) == ("9999-12-31", "9999-12")


@pytest.mark.parametrize(
    ("received", "last_day"),
    [
        ("2026-07-15", "2026-09-14"),
        ("2026-07-01", "2026-08-31"),
        ("2026-12-31", "2027-02-28"),
        ("2026-12-29", "2027-02-28"),
        ("2027-12-30", "2028-02-29"),
        ("2027-12-29", "2028-02-28"),
        ("2026-07-31", "2026-09-30"),
        ("2026-07-30", "2026-09-29"),
    ],
)
def test_two_months_begin_with_the_day_of_receipt(received: str, last_day: str) -> None:
    """That day counts; a month without such a day ends the period with itself."""
    assert months_beginning_with(date.fromisoformat(received), 2).isoformat() == last_day


def test_the_statutory_clock_starts_at_receipt() -> None:
    """A person recorded receipt and notice, and the Cabinet is bound."""
    found = entry(line("refer", "Mayor and Cabinet", "2026-06-20", values=SENT))

    assert (found.received_on, found.response_due, found.due_kind) == (
        "2026-07-15",
        "2026-09-14",
        "statutory",
    )


def test_a_later_notice_starts_it_later() -> None:
    """Whichever came last."""
    sent = (*SENT, ("notice_on", "2026-08-01"))

    assert entry(line("refer", "Cabinet", values=sent)).response_due == "2026-09-30"


@pytest.mark.parametrize(
    ("to", "values", "kind"),
    [
        ("Ambrel Valley Police", SENT, ""),
        ("the Integrated Care Board", SENT, ""),
        ("the Executive Director of Place", SENT, ""),
        ("Cabinet", SENT[1:], "estimated"),
        ("Cabinet", SENT[:1], "estimated"),
        ("Cabinet", (SENT[0], ("response_basis", "s19PJA")), "estimated"),
        ("Ambrel Valley Police", (SENT[0], ("response_basis", "s19PJA")), "estimated"),
    ],
)
def test_without_receipt_notice_and_a_body_it_binds_nothing_is_statutory(
    to: str, values: tuple[tuple[str, str], ...], kind: str
) -> None:
    """The police, a hospital and an officer are not bound by it, nor is a day guessed for them."""
    found = entry(line("refer", to, values=values))

    assert (found.due_kind, bool(found.response_due)) == (kind, bool(kind))


def test_nobody_makes_a_day_statutory_by_calling_it_so() -> None:
    """Neither a tracker nor a correction."""
    found = entry(
        line("correct", "2026-08-01", column="response_due"),
        line("correct", "statutory", column="due_kind"),
    )

    assert (found.response_due, found.due_kind) == ("2026-08-01", "stated by committee")


def test_a_day_of_the_councils_own_rules_is_told_as_such() -> None:
    """And it binds."""
    rule = (("response_basis", "constitution"), ("response_due", "2026-08-06"))
    found = entry(line("refer", "Cabinet", values=rule), today=date(2026, 8, 7))

    assert (found.response_due, found.due_kind, found.overdue) == (
        "2026-08-06",
        "constitution rule",
        True,
    )


@pytest.mark.parametrize(
    ("deadline", "action", "dues"),
    [
        (
            "by the end of September",
            "respond in writing",
            ("2026-09-30", "stated by committee", ""),
        ),
        (
            "an answer by the end of September",
            "publish it",
            ("2026-09-30", "stated by committee", ""),
        ),
        ("by the end of September", "publish it", ("2026-08-11", "estimated", "2026-09-30")),
    ],
)
def test_a_day_said_of_the_answer_is_the_answers_and_else_the_actions(
    deadline: str, action: str, dues: tuple[str, str, str]
) -> None:
    """Words about answering tell which."""
    found = entry(made(deadline=deadline, action=action, due="2026-09-30"))

    assert (found.response_due, found.due_kind, found.action_due) == dues


@pytest.mark.parametrize(
    "to",
    [
        "Ferry Lane Parish Council",
        "the Town Council",
        "Arts Council England",
        "Kent County Council",
        "the Leader of the Opposition",
        "the Cabinet Office",
        "the Health and Safety Executive",
        "the council's contractors",
    ],
)
def test_a_duty_is_not_guessed_from_words(to: str) -> None:
    """A person may set the kind; words alone bind only the council's own bodies."""
    sent = line("refer", to, values=SENT)
    told = line("correct", "council", column="recipient_kind")

    assert entry(sent).due_kind != "statutory"
    assert entry(sent, told).due_kind == "statutory"


@pytest.mark.parametrize("to", ["Aldermere Council", "our Cabinet Member for Places", "the Leader"])
def test_the_councils_own_bodies_are_bound(to: str) -> None:
    assert entry(line("refer", to, values=SENT)).due_kind == "statutory"


POLICE = line("refer", "the police", values=(("received_on", "2026-07-20"),))


def test_the_receipt_of_one_starts_no_clock_of_another() -> None:
    cabinet = line("refer", "Cabinet", values=(("response_basis", "s9FE"),))
    found = entry(POLICE, cabinet)

    assert (found.recipient, found.received_on, found.due_kind) == ("Cabinet", "", "estimated")


def test_a_later_referral_to_another_keeps_the_clock_that_runs() -> None:
    found = entry(line("refer", "Cabinet", values=SENT), POLICE)

    assert (found.recipient, found.response_due) == ("Cabinet", "2026-09-14")
    assert found.due_kind == "statutory"


def test_what_is_noted_later_of_the_same_referral_adds_to_it() -> None:
    first = line("refer", "Cabinet", "2026-06-20", values=SENT[1:])
    found = entry(first, line("refer", "", "2026-07-15", values=SENT[:1]))

    assert (found.recipient, found.due_kind) == ("Cabinet", "statutory")


@pytest.mark.parametrize(
    ("addressee", "kind"),
    [
        ("Ferry Lane Parish Council", "partner"),
        ("Arts Council England", "partner"),
        ("the Greater London Authority", "partner"),
        ("the Council of Mosques", "other"),
        ("the council's contractors", "partner"),
        ("the Health and Safety Executive", "government"),
        ("the Cabinet Office", "government"),
        ("the team leader", "officer"),
        ("the Leader of the Opposition", "other"),
        ("the Cabinet Member for Community Safety", "executive"),
        ("Mayor and Cabinet", "executive"),
        ("the Leader of the Council", "executive"),
        ("the council", "council"),
        ("Full Council", "council"),
        ("the Council’s officers", "officer"),
        ("the Chief Executive", "officer"),
        ("Executive Director of Place", "officer"),
        ("Head of Community Safety, with Ambrel Valley Police", "officer"),
        ("Ambrel Valley Police", "police"),
        ("the Mayor's Office for Policing and Crime", "police"),
        ("Ambrel NHS Foundation Trust", "NHS"),
        ("the Home Office", "government"),
        ("Corvane, the repairs contractor", "partner"),
        ("the Mayor", "other"),
        ("Corvane", "other"),
        ("", ""),
    ],
)
def test_a_recipients_kind_is_told_from_the_words(addressee: str, kind: str) -> None:
    """The first that is known; a bare "the Mayor" may be three people."""
    assert recipient_kind(addressee) == kind


days = st.dates(date(2020, 1, 1), date(2035, 12, 31)).map(date.isoformat)
maybe = st.one_of(st.just(""), days)


@given(
    st.builds(
        Asked,
        meeting_day=days,
        recipient_kind=st.sampled_from(recipient_kinds()),
        kind_is_sure=st.booleans(),
        basis=st.sampled_from(["", "nonsense", *rules()["bases"]]),
        received_on=maybe,
        notice_on=maybe,
        referred_on=maybe,
        said=maybe,
        recorded=maybe,
        recorded_kind=st.sampled_from(["", "nonsense", *rules()["due_kinds"]]),
    )
)
def test_statutory_means_its_rule_was_met_and_every_due_day_has_a_kind(asked: Asked) -> None:
    """Whatever was said or recorded."""
    due, kind = response_due(asked)

    if due or asked.recipient_kind in ("", "executive", "council"):
        assert date.fromisoformat(due)
    assert kind in (rules()["due_kinds"] if due else ("",))
    assert kind != "statutory" or (
        bool(asked.received_on)
        and asked.kind_is_sure
        and asked.recipient_kind in ("executive", "council")
        and asked.basis == "s9FE"
    )
