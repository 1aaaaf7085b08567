"""Whatever happens to recommendations: nothing is lost, nothing is invented, undo restores."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transcripts.lives_support import COMMITTEE, MADE_ON, PAGE, made, minuted, told
from transcripts.columns import COLUMNS
from transcripts.ledger import Decision, Ledger
from transcripts.life import PROPOSED, Life, Made, Minuted, Told, lives
from transcripts.motion import OUTCOMES
from transcripts.states import DERIVED, LADDERS, states

REFERENCES = ("SCSC/2026-27/01", "SCSC/2026-27/02", "SCSC/2026-27/03")
UNKNOWN = "HSC/2026-27/01"  # no meeting of it is here
CLAIMS, POINTS = ("c1", "c2", "c3"), ("p1", "p2")
EVERY_STATE = [state for ladder in LADDERS for state in states()[ladder]]
MEETINGS = [(COMMITTEE, MADE_ON + timedelta(days=60 * n)) for n in range(4)]

days = st.dates(MADE_ON, MADE_ON + timedelta(days=400))
references = st.sampled_from((*REFERENCES, UNKNOWN))
words = st.sampled_from(["", "that was done", "nothing, Chair"])
iso = st.one_of(st.just(""), st.just("soon"), days.map(date.isoformat))
values = st.lists(
    st.tuples(
        st.sampled_from((*COLUMNS, "notice_on", "priority")),
        st.one_of(iso, st.sampled_from([*EVERY_STATE, "s9FE", "statutory", "executive", PAGE])),
    ),
    max_size=5,
).map(tuple)
KINDS = {
    "entry": st.just("That the Council publish it."),
    "refer": st.sampled_from(["Cabinet", "Ambrel Valley Police", ""]),
    "respond": st.sampled_from(EVERY_STATE),
    "progress": st.sampled_from(EVERY_STATE),
    "link": st.sampled_from(["accepted", "rejected"]),
    "minuted": st.sampled_from(["accepted", "rejected"]),
    "correct": st.sampled_from([*EVERY_STATE, "2026-10-01", "statutory", ""]),
    "withdraw": st.just(""),
    "close": st.just(""),
    "reopen": st.just(""),
    "contest": st.just(""),
    "merge": references,
    "split": st.just(""),
    "note": st.just("rang them"),
}


def _lines(kind: str) -> st.SearchStrategy[Decision]:
    return st.builds(
        Decision,
        kind=st.just(kind),
        verdict=KINDS[kind],
        who=st.just("A. Clerk"),
        when=days.map(lambda day: f"{day.isoformat()}T10:00:00+01:00"),
        why=words,
        reference=references,
        others=st.lists(references, max_size=2).map(tuple) if kind == "split" else st.just(()),
        claim_id=st.sampled_from((*CLAIMS, "c9")) if kind == "link" else st.just(""),
        point_id=st.sampled_from((*POINTS, "p9")) if kind == "minuted" else st.just(""),
        column=st.sampled_from((*COLUMNS, "recommendation")) if kind == "correct" else st.just(""),
        day=iso,
        url=st.sampled_from(["", PAGE, "javascript:alert(1)"]),
        accessed=iso,
        words=words,
        values=values,
    )


def _numbered(lines: Sequence[Decision]) -> list[Decision]:
    return [replace(line, id=f"line{n}") for n, line in enumerate(lines)]


ledgers = st.lists(st.one_of([_lines(kind) for kind in KINDS]), max_size=12).map(_numbered)
madeup = st.tuples(
    *(
        st.builds(
            made,
            reference=st.just(reference),
            outcome=st.sampled_from(OUTCOMES),
            due=st.one_of(st.just(""), days.map(date.isoformat)),
            deadline=st.sampled_from(["", "answer by then"]),
            addressee=st.sampled_from(["", "Cabinet", "the police"]),
        )
        for reference in REFERENCES
    )
).map(list)
standing = st.sampled_from(["certain", "proposed"])
claims = st.lists(
    st.builds(
        told,
        state=st.sampled_from(EVERY_STATE),
        claim_id=st.sampled_from(CLAIMS),
        reference=references,
        day=days,
        standing=standing,
        start_s=st.sampled_from([0.0, 9.0]),
    ),
    max_size=6,
    unique_by=lambda t: (t.claim_id, t.reference),
)
points = st.lists(
    st.builds(
        minuted,
        point_id=st.sampled_from(POINTS),
        reference=references,
        approved=st.booleans(),
        day=days,
        standing=standing,
    ),
    max_size=4,
    unique_by=lambda p: (p.point_id, p.reference),
)
todays = st.dates(MADE_ON, MADE_ON + timedelta(days=800))


def folded(
    room: Sequence[Made],
    said: Sequence[Told],
    minutes: Sequence[Minuted],
    ledger: Sequence[Decision],
    today: date,
) -> list[Life]:
    return lives(room, said, minutes, ledger, today=today, meetings=MEETINGS)


@settings(max_examples=300)
@given(madeup, claims, points, ledgers, todays)
def test_no_state_is_told_without_an_event_that_carries_evidence(
    room: list[Made], said: list[Told], minutes: list[Minuted], ledger: list[Decision], today: date
) -> None:
    """A proposed link is none, and what follows from the date alone needs none."""
    for one in folded(room, said, minutes, ledger, today):
        carried = {
            (e.ladder, e.state)
            for e in one.events
            if e.standing != PROPOSED and (e.evidence.quote or e.evidence.link or e.evidence.who)
        }
        e = one.entry
        for step in zip(LADDERS, (e.recommendation, e.response, e.status), strict=True):
            assert step in carried or step[1] in DERIVED or step[1] == ""


@settings(max_examples=300)
@given(madeup, claims, points, ledgers, todays)
def test_no_line_and_no_claim_is_lost(
    room: list[Made], said: list[Told], minutes: list[Minuted], ledger: list[Decision], today: date
) -> None:
    """Everything shows in the life of its reference, save what a person rejected."""
    found = {
        one.entry.reference: {e.source for e in one.events}
        for one in folded(room, said, minutes, ledger, today)
    }
    last = {
        (d.reference, d.claim_id or d.point_id): d.verdict
        for d in ledger
        if d.kind in ("link", "minuted")
    }

    assert [d for d in ledger if d.id not in found[d.reference]] == []
    for reference, source in [
        *((t.reference, t.claim_id) for t in said),
        *((p.reference, p.point_id) for p in minutes),
    ]:
        rejected = last.get((reference, source)) == "rejected"
        assert (source in found[reference]) is not rejected


@given(madeup, claims, points, ledgers, todays)
def test_what_is_not_here_has_no_state(
    room: list[Made], said: list[Told], minutes: list[Minuted], ledger: list[Decision], today: date
) -> None:
    """Whatever was decided about it, until its meeting or a tracker's row is loaded."""
    entries = {d.reference for d in ledger if d.kind == "entry"}
    for one in folded(room, said, minutes, ledger, today):
        if one.entry.reference == UNKNOWN and UNKNOWN not in entries:
            assert {e.state for e in one.events} == {""} or not one.events
            assert (one.entry.recommendation, one.entry.response, one.entry.status) == (
                "",
                "none_found",
                "not_started",
            )


@settings(max_examples=60)
@given(madeup, claims, points, ledgers, todays, st.data())
def test_undo_restores_the_register_and_undoing_that_brings_it_back(
    room: list[Made],
    said: list[Told],
    minutes: list[Minuted],
    decisions: list[Decision],
    today: date,
    data: st.DataObject,
) -> None:
    """Through the file, the way people do it; the register is the same to the last column."""
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(Path(home))

        def register() -> list[Life]:
            return folded(room, said, minutes, Ledger(Path(home)).standing(), today)

        def undo(line: Decision) -> Decision:
            undoing = Decision("undo", line.id, "A. Clerk", "2026-09-01T10:00:00+01:00")
            return ledger.append([undoing])[0]

        cut = data.draw(st.integers(0, len(decisions)))
        ledger.append(decisions[:cut])
        before = register()
        ledger.append(decisions[cut:])
        after = register()
        undoings = [undo(line) for line in decisions[cut:]]
        restored = register()
        for undoing in undoings:
            undo(undoing)

        assert restored == before
        assert register() == after


@given(madeup, claims, points, ledgers, todays, st.randoms())
def test_the_order_in_which_the_archive_hands_things_over_makes_no_difference(
    room: list[Made],
    said: list[Told],
    minutes: list[Minuted],
    ledger: list[Decision],
    today: date,
    chance: random.Random,
) -> None:
    """Nor does what was decided about another recommendation in between."""
    apart = sorted(ledger, key=lambda d: d.reference)
    alone = not any(d.kind in ("merge", "split") for d in ledger)
    parts: list[Any] = [list(part) for part in (room, said, minutes)]
    for part in parts:
        chance.shuffle(part)

    first = folded(room, said, minutes, ledger, today)
    assert folded(*parts, ledger, today) == first
    assert not alone or folded(room, said, minutes, apart, today) == first


@given(madeup, claims, points, ledgers, todays)
def test_what_is_not_agreed_or_closed_is_neither_late_nor_silent(
    room: list[Made], said: list[Told], minutes: list[Minuted], ledger: list[Decision], today: date
) -> None:
    """And Green is only what is done with a page to show for it."""
    for one in folded(room, said, minutes, ledger, today):
        entry = one.entry
        agreed = entry.recommendation not in (
            "",
            "floated",
            "not_agreed",
            "withdrawn",
            "downgraded_to_comment",
        )
        assert (entry.open and agreed) or not (entry.overdue or entry.silent)
        assert entry.rag != "Green" or (entry.status == "complete" and PAGE in str(one.events))
        assert entry.due_kind != "statutory" or (entry.received_on and entry.response_basis)
        assert all(
            entry.text_spoken == m.text_spoken for m in room if m.reference == entry.reference
        )


def test_the_kinds_of_lines_tested_are_all_there_are() -> None:
    """A new kind of line has to be thought of here too."""
    from transcripts.gather import ABOUT_RECOMMENDATIONS

    assert set(KINDS) == set(ABOUT_RECOMMENDATIONS)


@given(madeup, claims, points, ledgers, todays)
def test_no_claim_moves_what_is_complete_with_proof(
    room: list[Made], said: list[Told], minutes: list[Minuted], ledger: list[Decision], today: date
) -> None:
    """Whatever is said beside it, it stays complete and closed; disputed, it is not Green."""
    without = {one.entry.reference: one for one in folded(room, [], minutes, ledger, today)}
    for one in folded(room, said, minutes, ledger, today):
        before = without.get(one.entry.reference)
        if before and before.entry.rag == "Green":
            assert one.entry.status == "complete"
            assert not one.entry.open
