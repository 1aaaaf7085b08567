"""A recommendation from the room to the result: what each step makes of it and does not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.transcripts.lives_support import (
    COMMITTEE,
    MADE,
    MADE_ON,
    PAGE,
    REFERENCE,
    entry,
    life,
    line,
    made,
    minuted,
    told,
)
from transcripts.life import DECIDED, HEARD, Entry, Event, Evidence, Life, lives

LATE = date(2027, 1, 1)


def test_what_was_merged_closes_and_its_steps_show_on_the_one_that_stays() -> None:
    """An answer to the one is an answer to the other."""
    taken = made("SCSC/2026-27/02")
    merge = line("merge", REFERENCE, reference="SCSC/2026-27/02")
    answer = told("accepted", reference="SCSC/2026-27/02")
    gone = entry(MADE, taken, answer, merge, reference="SCSC/2026-27/02")
    stays = life(MADE, taken, answer, merge)

    assert (gone.status, gone.superseded_by, gone.open) == ("superseded", REFERENCE, False)
    assert (stays.entry.response, stays.entry.status) == ("accepted", "not_started")
    assert {"c1", merge.id} <= {e.source for e in stays.events}


def test_a_claim_about_both_shows_once_on_the_one_that_stays() -> None:
    """And not at all where a person said that it is not about that one."""
    taken, merge = made("SCSC/2026-27/02"), line("merge", REFERENCE, reference="SCSC/2026-27/02")
    both = [told("accepted"), told("accepted", reference="SCSC/2026-27/02")]
    reject = line("link", "rejected", claim_id="c1")

    once = life(MADE, taken, merge, *both)
    never = life(MADE, taken, merge, *both, reject)

    assert [e.source for e in once.events].count("c1") == 1
    assert ("c1" in {e.source for e in never.events}, never.entry.response) == (
        False,
        "none_found",
    )


def test_two_that_are_merged_into_each_other_do_not_swallow_each_other() -> None:
    """The second merge cannot be done: it is listed, and the first stays."""
    second = made("SCSC/2026-27/02")
    lines = [
        line("merge", REFERENCE, reference="SCSC/2026-27/02"),
        line("merge", "SCSC/2026-27/02", reference=REFERENCE),
    ]

    assert entry(MADE, second, *lines).open
    assert not entry(MADE, second, *lines, reference="SCSC/2026-27/02").open


def test_what_was_split_closes_and_names_what_it_became() -> None:
    """Also where one of them is not here: it is listed, without a state."""
    split = line("split", others=("SCSC/2026-27/02", "SCSC/2026-27/03"))
    second = made("SCSC/2026-27/02")
    found = entry(MADE, second, split)
    other = life(MADE, second, split, reference="SCSC/2026-27/02")

    assert (found.status, found.superseded_by) == ("superseded", "SCSC/2026-27/02, SCSC/2026-27/03")
    assert (other.entry.status, other.events[-1].note) == (
        "not_started",
        f"split from {REFERENCE}",
    )
    assert entry(MADE, second, split, reference="SCSC/2026-27/03").recommendation == ""


def test_reopening_sets_aside_what_had_ended_it() -> None:
    """It stands where it stood before."""
    steps = [
        told("in_progress"),
        line("close", why="overtaken", when="2026-08-01T10:00:00+01:00"),
        line("reopen", why="not overtaken", when="2026-08-02T10:00:00+01:00"),
    ]

    assert [(e.status, e.open) for e in (entry(*steps[:2]), entry(*steps))] == [
        ("closed_no_action", False),
        ("in_progress", True),
    ]


def test_closing_leaves_how_it_had_ended() -> None:
    """Complete on a word, then closed by a person: complete, closed, with the reason."""
    found = entry(told("complete"), line("close", why="members are content"))

    assert (found.status, found.open, found.closed_reason) == (
        "complete",
        False,
        "members are content",
    )


def test_what_a_person_closed_stays_closed_whatever_is_said_later() -> None:
    """A mention does not reopen it; a person can."""
    later = told("in_progress", day=date(2026, 11, 1))

    assert entry(line("close", why="overtaken"), later).status == "closed_no_action"


def test_a_withdrawal_by_a_person_is_above_minutes() -> None:
    """And reopening takes it back."""
    withdraw = line("withdraw", why="overtaken by the bill")
    reopen = line("reopen", why="the bill fell", when="2026-08-02T10:00:00+01:00")

    assert [
        entry(minuted(), *lines).recommendation for lines in ([withdraw], [withdraw, reopen])
    ] == ["withdrawn", "minuted_draft"]


def test_a_correction_is_the_last_word_but_the_words_spoken_stay() -> None:
    """Nobody can correct what was said, nor make a state of a correction that is none."""
    found = entry(
        minuted(),
        line("correct", "the right words", column="text_minuted"),
        line("correct", "other words", column="text_spoken"),
        line("correct", "Green", column="rag"),
        line("correct", "by tea time", column="action_due"),
        line("correct", "2026-10-01", column="action_due"),
        line("correct", "not_agreed", column="recommendation"),
    )

    assert (found.text_minuted, found.text_spoken, found.rag, found.action_due) == (
        "the right words",
        MADE.text_spoken,
        "",
        "2026-10-01",
    )
    assert (found.recommendation, found.open) == ("not_agreed", False)


def test_a_row_of_somebodys_tracker_is_a_life_of_its_own() -> None:
    """No recording: its columns come with the line, its states with the line as evidence."""
    row = line(
        "entry",
        "That the Council publish the protocol.",
        reference="SR (25/26) 01",
        why="from the tracker kept.csv, row 2",
        values=(
            ("committee", COMMITTEE),
            ("meeting_date", "2025-07-03"),
            ("response", "accepted_in_part"),
            ("response_date", "2025-09-01"),
            ("status", "in_progress"),
            ("progress", "Drafted"),
            ("evidence_urls", PAGE),
            ("lead_officer", "Head of Community Safety"),
            ("priority", "High"),
            ("rag", "Green"),
        ),
    )
    found = life(row, reference="SR (25/26) 01")

    assert (
        found.entry.committee,
        found.entry.text_minuted,
        found.entry.text_spoken,
        found.entry.recommendation,
        found.entry.response,
        found.entry.response_date,
        found.entry.status,
        found.entry.lead_officer,
        found.entry.rag,
    ) == (
        COMMITTEE,
        "That the Council publish the protocol.",
        "",
        "agreed",
        "accepted_in_part",
        "2025-09-01",
        "in_progress",
        "Head of Community Safety",
        "Amber",
    )
    assert [e.note for e in found.events if e.note] == [
        "from a tracker; priority: High; rag: Green; from the tracker kept.csv, row 2",
        "undated in the tracker",
    ]


def test_a_trackers_row_never_overwrites_what_the_archive_knows() -> None:
    """It fills what is empty."""
    row = line("entry", "words", values=(("proposer", "Councillor Marsh"), ("vote", "7 to 2")))
    found = entry(row)

    assert (found.proposer, found.vote, found.text_minuted) == (
        "Councillor Varley",
        "7 to 2",
        "words",
    )


def test_a_line_about_a_reference_that_is_not_here_is_listed_without_a_state() -> None:
    """Its meeting may be loaded tomorrow; until then nothing is claimed of it."""
    answer = line("respond", "accepted", "2026-07-15", reference="HSC/2026-27/09", url=PAGE)
    found = life(answer, reference="HSC/2026-27/09")

    assert found.entry == Entry(
        "HSC/2026-27/09", "", "", "", note=found.entry.note, recommendation=""
    )
    assert "not in the archive" in found.entry.note
    assert [(e.source, e.state, e.note) for e in found.events] == [(answer.id, "", "accepted")]


def test_a_reference_is_found_in_whatever_case_it_was_typed() -> None:
    """People type small letters."""
    assert entry(line("respond", "rejected", reference=REFERENCE.lower(), url=PAGE)).response == (
        "rejected"
    )


def test_a_note_on_a_finding_goes_to_its_recommendation() -> None:
    """Whoever pointed at the words pointed at the recommendation."""
    assert entry(line("note", "see May", reference="", finding_id="f1")).note == "see May"


def test_what_only_follows_from_the_date_is_not_for_people_to_decide() -> None:
    """Such a line is a note; somebody in a meeting may say it, and then it is what they say."""
    found = life(line("progress", "overdue", "2026-07-10"), line("respond", "awaiting"))

    assert (found.entry.status, found.entry.response) == ("not_started", "none_found")
    assert [e.note for e in found.events[1:]] == ["overdue", "awaiting"]
    assert entry(told("overdue")).status == "overdue"
    assert entry(told("accepted"), told("none_found", "c2", start_s=9.0)).response == "accepted"


def test_references_come_in_the_order_of_their_numbers() -> None:
    """Also beyond 99."""
    names = [f"SCSC/2026-27/{n}" for n in ("100", "99", "02", "01")]
    found = lives([made(name) for name in names], [], [], [], today=MADE_ON)

    assert [one.entry.reference for one in found] == names[::-1]


def test_an_address_that_is_no_web_page_is_told_as_text_never_as_a_link() -> None:
    """A page of the register must not run what somebody's spreadsheet held."""
    found = life(line("respond", "accepted", url="javascript:alert(1)"))

    assert (found.entry.evidence_urls, found.events[-1].evidence.link) == ((), "")
    assert "javascript:alert(1)" in found.events[-1].note


def test_a_state_cannot_be_told_without_evidence() -> None:
    """Neither as an event nor as an entry."""
    with pytest.raises(ValueError, match="without evidence"):
        Event("e", "2026-07-01", "response", "accepted", DECIDED, "A. Clerk", Evidence(), "e")
    with pytest.raises(ValueError, match="is not on the ladder"):
        Event("e", "2026-07-01", "response", "complete", HEARD, "machine", Evidence("q"), "e")
    known = life()
    with pytest.raises(ValueError, match="no event tells"):
        Life(replace(known.entry, status="complete"), known.events)


def test_an_answer_has_the_body_the_words_and_the_reasons_of_no_other() -> None:
    """A tracker's yes is followed by a person's no."""
    yes = (
        ("response_body", "Cabinet"),
        ("response_text", "We agree with every word."),
        ("response_reason", "It is right."),
    )
    tracker = line(
        "respond", "accepted", "2026-07-01", why="from the tracker a.csv, row 2", values=yes
    )
    no = line("respond", "rejected", "2026-09-01", url=PAGE)
    found = entry(tracker, no, today=LATE)

    assert (found.response, found.response_body) == ("rejected", "")
    assert (found.response_text, found.response_reason) == ("", "")


def test_an_earlier_answer_that_is_noted_later_lends_nothing_to_the_one_that_stands() -> None:
    full = line("respond", "rejected", "2026-09-01", values=(("response_body", "Full Council"),))
    july = line("respond", "deferred", "2026-07-09", values=(("response_body", "Cabinet"),))
    found = entry(full, july, today=LATE)

    assert (found.response, found.response_body) == ("rejected", "Full Council")


def test_the_words_of_a_letter_are_shown_where_no_page_is_held() -> None:
    words = "Letter of 3 August from the Director: it is done."
    found = entry(line("progress", "complete", "2026-08-03", words=words), today=LATE)

    assert (found.open, found.status) == (True, "complete")
    assert found.progress.endswith(f"no page is held, the words given are: {words}")


def test_what_a_tracker_adds_does_not_go_over_the_minutes_but_a_person_does() -> None:
    why = "from the tracker a.csv, row 2"
    loose = line("correct", "Tell people, roughly.", column="text_minuted", why=why)
    mine = line("correct", "As I have it.", column="text_minuted", id="mine")
    point = minuted("That people be told.", approved=True)

    assert entry(loose).text_minuted == "Tell people, roughly."
    assert entry(point, loose).text_minuted == "That people be told."
    assert entry(point, loose, mine).text_minuted == "As I have it."
