"""The register: folded from what was heard, minuted and decided, the same however it was loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from tests.warehouse.test_store import dump
from transcripts.ledger import Ledger
from transcripts.life import Entry
from transcripts.processed import ProcessedMeeting
from warehouse import store
from warehouse.folding import Heap
from warehouse.reader import open_reader
from warehouse.register import life, proposals, register
from warehouse.threads import threads

TODAY = date(2026, 7, 20)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of both meetings."""
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, linker=r.Likeness())
    return tmp_path


def entry(home: Path, reference: str = r.REFERENCE, today: date = TODAY) -> Entry:
    """One entry of the register."""
    with open_reader(home) as reader:
        (found,) = [e for e in register(reader, today=today) if e.reference == reference]
        assert life(reader, reference, today=today).entry == found
    return found


def test_a_recommendation_is_entered_with_who_what_whom_and_when(home: Path) -> None:
    found = entry(home)

    assert (found.text_spoken, found.proposer, found.recipient, found.action_due) == (
        "the Cabinet publishes a schedule before any deployment",
        "Cllr Tom Petty",
        "the Cabinet",
        "2026-07-31",
    )
    assert (found.committee, found.meeting_id, found.recommendation, found.proposed) == (
        "Safer Communities Scrutiny Committee",
        "june",
        "agreed",
        1,
    )


def test_each_step_is_an_event_that_plays_the_second(home: Path) -> None:
    with open_reader(home) as reader:
        events = life(reader, r.REFERENCE, today=TODAY).events

    assert [(e.state or e.note, e.standing, e.evidence.who) for e in events] == [
        ("floated", "heard", "Cllr Tom Petty"),
        ("put", "heard", "Cllr Ann Varley"),
        ("agreed", "heard", "Cllr Ann Varley"),
        ("complete", "proposed", "Dr Grace Okoro"),
    ]
    assert events[0].evidence.link == f"june.opus#t={r.MOTIONS[0].acts[0].start_s:.1f}"


def test_what_was_not_agreed_is_entered_under_its_finding_and_closed(home: Path) -> None:
    found = entry(home, r.FELL.id)

    assert (found.recommendation, found.open, found.silent) == ("not_agreed", False, False)


def test_a_recommendation_of_an_older_record_without_a_motion_is_entered(tmp_path: Path) -> None:
    part = r.processed(r.MADE, (r.ASKED, r.FELL))
    store.load(tmp_path, [ProcessedMeeting(b.meeting("june", day=r.JUNE), (part,))])

    with open_reader(tmp_path) as reader:
        states = {e.finding_id: e.recommendation for e in register(reader, today=TODAY)}
    assert states == {r.ASKED.id: "agreed", r.FELL.id: "not_agreed"}


def test_a_rejected_recommendation_leaves_the_register(home: Path) -> None:
    rejected = r.line("finding", "rejected", reference="", finding_id=r.FELL.id)
    r.load(home, [], rejected)

    with open_reader(home) as reader:
        assert [e.reference for e in register(reader, today=TODAY)] == [r.REFERENCE]


def test_only_the_preferred_transcript_of_a_recording_is_entered(tmp_path: Path) -> None:
    captions = b.transcript("june", r.MADE_LINES, source="captions")
    other = r.processed(captions, (r.ASKED,), r.MOTIONS[:1], preferred=False)
    meeting = r.june()
    store.load(tmp_path, [replace(meeting, transcripts=(*meeting.transcripts, other))])

    with open_reader(tmp_path) as reader:
        assert len(register(reader, today=TODAY)) == 2
        motions = reader.con.view("motions").project("preferred").order("ALL").fetchall()
    assert motions == [(False,), (True,), (True,)]


def test_loading_step_by_step_and_rebuilding_give_the_same(home: Path, tmp_path: Path) -> None:
    other, again = tmp_path / "other", tmp_path / "again"
    minuted = replace(r.june(), minutes=(r.minutes("That Cabinet publish a schedule"),))
    answer = r.line("respond", "accepted", day="2026-07-15", words="We accept it.")
    r.load(home, [minuted], answer, linker=r.Likeness())
    r.load(other, [r.july()], linker=r.Likeness())
    r.load(other, [r.june()], r.NUMBERED, linker=r.Likeness())
    r.load(other, [], answer)
    r.load(other, [minuted], linker=r.Likeness())
    standing, mark = Ledger(other).standing_to()
    store.rebuild(again, [r.july(), minuted], decisions=standing, mark=mark, linker=r.Likeness())

    assert dump(other) == dump(home)
    assert dump(again) == dump(home)
    assert store.check(home) == []


def test_every_day_reads_as_if_it_had_been_folded_for_it(home: Path, tmp_path: Path) -> None:
    """Also days before the last meeting, and those after what was due."""
    asked = r.line("refer", "Cabinet", day="2026-07-21", values=(("response_due", "2026-09-01"),))
    r.load(home, [r.quiet("september", r.AUTUMN)], asked)
    days = [r.JUNE + timedelta(days=n) for n in range(0, 130, 3)] + [date(2026, 8, 1)]

    for day in days:
        with open_reader(home) as reader:
            read = register(reader, today=day)
            folded = [found.entry for _, found in Heap(reader.con).lives(day)]
        assert sorted(read, key=str) == sorted(folded, key=str)
    assert entry(home, today=date(2026, 7, 31)).overdue is False
    assert entry(home, today=date(2026, 8, 1)).overdue is True


def test_links_wait_for_a_person_until_one_decides(home: Path) -> None:
    with open_reader(home) as reader:
        (waiting,) = proposals(reader)
    about = {"claim_id": r.DONE.id, "recording_sha256": b.sha_of("july")}
    r.load(home, [], r.line("link", "accepted", **about))

    assert (waiting.reference, waiting.state, waiting.meeting_id, waiting.reasons) == (
        r.REFERENCE,
        "complete",
        "july",
        ("means nearly the same",),
    )
    assert entry(home).status == "complete"
    with open_reader(home) as reader:
        assert proposals(reader) == []
        (row,) = reader.con.view("links").project("verdict, decided_by").fetchall()
    assert row == ("accepted", "A. Clerk")


def test_a_link_that_a_person_rejected_changes_nothing(home: Path) -> None:
    r.load(home, [], r.line("link", "rejected", claim_id=r.DONE.id))

    with open_reader(home) as reader:
        assert proposals(reader) == []
    assert (entry(home).status, entry(home).proposed) == ("not_started", 0)


def test_a_person_may_tie_a_claim_that_the_machine_did_not(tmp_path: Path) -> None:
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED)
    r.load(tmp_path, [], r.line("link", "accepted", claim_id=r.DONE.id))

    assert entry(tmp_path).status == "complete"


def test_a_decided_link_finds_its_claim_again_after_a_run_with_another_engine(home: Path) -> None:
    """Its seconds are kept with the decision; the new claim has another id."""
    about = {"recording_sha256": b.sha_of("july"), "start_s": r.DONE.start_s, "end_s": r.DONE.end_s}
    r.load(home, [], r.line("link", "accepted", claim_id=r.DONE.id, **about))
    other = replace(r.DONE, id="another", start_s=r.DONE.start_s + 0.4)
    r.load(home, [r.july((other,))], linker=r.Likeness())

    assert entry(home).status == "complete"


def test_the_linker_is_asked_again_only_where_something_changed(tmp_path: Path) -> None:
    linker = r.Likeness()
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, linker=linker)
    r.load(tmp_path, [], r.line("respond", "noted_only", words="Noted."), linker=linker)
    assert linker.calls == 1

    r.load(tmp_path, [r.july(())], linker=linker)
    assert linker.calls == 2
    with open_reader(tmp_path) as reader:
        assert proposals(reader) == []


def test_a_linker_sees_wording_vectors_and_keys(tmp_path: Path) -> None:
    linker = r.Likeness()
    minuted = replace(r.june(), minutes=(r.minutes("That Cabinet publish a schedule"),))
    r.load(tmp_path, [minuted, r.july()], r.NUMBERED, linker=linker)

    agreed, fell = linker.seen[0]
    assert (agreed.keys, agreed.outcome, agreed.texts[0]) == (
        (r.REFERENCE, "minute 31"),
        "agreed",
        "I recommend that the Cabinet publishes a schedule before any deployment.",
    )
    assert (len(agreed.texts), agreed.vectors.shape, fell.outcome) == (3, (3, 32), "not_agreed")
    assert float((agreed.vectors[0] ** 2).sum()) == pytest.approx(1.0, abs=1e-3)
    assert float(agreed.vectors[0] @ b.encode(agreed.texts[0])) > 0.999


def test_without_a_linker_links_stay_where_both_ends_do(home: Path) -> None:
    r.load(home, [r.july()])
    with open_reader(home) as reader:
        assert len(proposals(reader)) == 1
        assert len(threads(reader)) == 1

    r.load(home, [r.july(())])
    with open_reader(home) as reader:
        assert proposals(reader) == []
        assert len(threads(reader)) == 1
