"""The register: folded from what was heard, minuted and decided, the same however it was loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from transcripts.ledger import Ledger
from transcripts.life import Entry
from transcripts.processed import ProcessedMeeting
from warehouse.reader import open_reader
from warehouse.register import RegisterFilters, life, proposals, register, searched
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


def test_transcripts_without_vectors_or_of_another_model_are_linked_by_nothing(
    tmp_path: Path,
) -> None:
    """They are laid out with zeros: nothing is like them, and nothing breaks."""
    other = r.july()
    (part,) = other.transcripts
    wide = replace(part, vectors=part.vectors[:, :16].copy())
    r.load(tmp_path, [r.june(), replace(other, transcripts=(wide,))], linker=r.Likeness())

    with open_reader(tmp_path) as reader:
        assert proposals(reader) == []


def test_filters_narrow_the_register(home: Path) -> None:
    with open_reader(home) as reader:

        def left(today: date = TODAY, **filters: object) -> list[str]:
            found = register(reader, RegisterFilters(**filters), today=today)  # type: ignore[arg-type]
            return [e.reference for e in found]

        both = sorted([r.FELL.id, r.REFERENCE])
        assert sorted(left(committee="scsc")) == both
        assert sorted(left(year="2026-27", first=r.JUNE, last=r.JUNE)) == both
        assert left(year="2025-26") == left(last=date(2026, 6, 1)) == []
        assert left(addressee="cabinet") == [r.REFERENCE]
        assert left(words="Schedule deployment") == [r.REFERENCE]
        assert left(words="scsc/2026-27/01") == [r.REFERENCE]
        assert left(state="open") == left(state="due") == [r.REFERENCE]
        assert left(state="closed") == [r.FELL.id]
        assert left(state="overdue") == []
        assert left(date(2026, 8, 1), state="overdue") == [r.REFERENCE]
        assert left(date(2026, 8, 1), state="due") == []


@pytest.mark.parametrize(
    ("filters", "fault", "words"),
    [
        ({"state": "lost"}, UnknownValueError, "closed, due, open, overdue, silent"),
        ({"year": "2026"}, BadInputError, "write it as 2026-27"),
        ({"committee": "Nobody"}, NotInArchiveError, "it holds: Safer Communities"),
    ],
)
def test_a_filter_that_means_nothing_says_what_would(
    home: Path, filters: dict[str, str], fault: type[Exception], words: str
) -> None:
    with open_reader(home) as reader, pytest.raises(fault, match=words):
        register(reader, RegisterFilters(**filters), today=TODAY)  # type: ignore[arg-type]


def test_a_reference_that_is_not_held_names_those_that_are(home: Path) -> None:
    with open_reader(home) as reader, pytest.raises(NotInArchiveError, match=r"SCSC/2026-27/01"):
        life(reader, "SCSC/2026-27/99", today=TODAY)


def test_a_life_is_found_in_either_case_and_by_its_finding(home: Path) -> None:
    with open_reader(home) as reader:
        found = [life(reader, name, today=TODAY) for name in (r.REFERENCE.lower(), r.ASKED.id)]
    assert [one.entry.reference for one in found] == [r.REFERENCE, r.REFERENCE]


def test_silence_comes_with_the_list_of_what_was_searched(tmp_path: Path) -> None:
    """Later meetings of the committee and of the council's executive, with their coverage."""
    cabinet = {"committee": "Cabinet", "code": "CAB"}
    planning = {"committee": "Planning Committee", "code": "PLAN"}
    meetings = [
        r.june(),
        r.quiet("earlier", date(2026, 5, 12)),
        r.quiet("cabinet", date(2026, 7, 1), **cabinet),
        r.quiet("planning", date(2026, 7, 2), **planning),
        r.quiet("july", r.JULY),
        r.quiet("september", r.AUTUMN),
    ]
    r.load(tmp_path, meetings, r.NUMBERED, linker=r.Likeness())

    with open_reader(tmp_path) as reader:
        found = searched(reader, r.REFERENCE)
    assert [(s.meeting_id, s.committee, s.sentences) for s in found] == [
        ("cabinet", "Cabinet", 2),
        ("july", "Safer Communities Scrutiny Committee", 2),
        ("september", "Safer Communities Scrutiny Committee", 2),
    ]
    assert all(s.share_transcribed is not None and 0 < s.share_transcribed < 1 for s in found)
    assert entry(tmp_path, today=r.AUTUMN).silent is True


def test_a_mention_ends_the_silence(home: Path) -> None:
    r.load(home, [r.quiet("september", r.AUTUMN)])

    assert entry(home, today=date(2026, 10, 1)).silent is False


def test_meetings_of_another_council_are_not_searched(tmp_path: Path) -> None:
    """Two councils may call their committees the same."""
    foreign = [r.quiet(f"foreign-{n}", date(2026, 7 + n, 1)) for n in range(3)]
    foreign = [replace(m, meeting=replace(m.meeting, council="Ambrel")) for m in foreign]
    june = replace(r.MOTIONS[0], due="")
    part = r.processed(r.MADE, (replace(r.ASKED, due=""),), (june,))
    meeting = ProcessedMeeting(b.meeting("june", day=r.JUNE), (part,))
    r.load(tmp_path, [meeting, *foreign], r.NUMBERED)

    with open_reader(tmp_path) as reader:
        assert searched(reader, r.REFERENCE) == []
    assert entry(tmp_path, today=date(2026, 12, 1)).silent is False


def test_minutes_give_the_official_wording_beside_the_spoken(home: Path) -> None:
    both = (r.minutes("Publish a schedule", state="draft"), r.minutes("To publish a schedule"))
    r.load(home, [replace(r.june(), minutes=both)])
    found = entry(home)

    assert (found.text_minuted, found.minute_no, found.vote, found.recommendation) == (
        "To publish a schedule",
        "31",
        "unanimous",
        "minuted_approved",
    )
    with open_reader(home) as reader:
        points = reader.con.view("minute_points").project("state, reference, standing").order("ALL")
        assert points.fetchall() == [
            ("approved", r.REFERENCE, "certain"),
            ("draft", r.REFERENCE, "certain"),
        ]
    r.load(home, [r.june()])
    assert entry(home).text_minuted == ""


def test_the_same_worry_of_two_meetings_is_one_thread(home: Path) -> None:
    with open_reader(home) as reader:
        (thread,) = threads(reader, "SCSC")
        with pytest.raises(NotInArchiveError, match="Nobody"):
            threads(reader, "Nobody")

    assert (thread.first, thread.last, thread.voiced, thread.meetings, thread.answered) == (
        r.JUNE,
        r.JULY,
        2,
        2,
        True,
    )
    assert (thread.people, [c.finding_id for c in thread.concerns]) == (
        ("Cllr Tom Petty",),
        [r.WORRY.id, r.AGAIN.id],
    )
    assert thread.title == "I am worried that residents were never told about the cameras."


def test_a_concern_that_a_person_rejects_leaves_its_thread(home: Path) -> None:
    r.load(home, [], r.line("finding", "rejected", reference="", finding_id=r.AGAIN.id))

    with open_reader(home) as reader:
        assert threads(reader) == []


def test_a_row_of_somebodys_tracker_is_entered_without_a_meeting(home: Path) -> None:
    values = (("committee", "Housing Panel"), ("meeting_date", "2025-11-03"))
    row = r.line("entry", "That damp be reported.", reference="HP/2025-26/04", values=values)
    r.load(home, [], row)
    found = entry(home, "HP/2025-26/04")

    assert (found.committee, found.text_minuted, found.meeting_id) == (
        "Housing Panel",
        "That damp be reported.",
        "",
    )
    with open_reader(home) as reader:
        only = register(reader, RegisterFilters(committee="housing panel"), today=TODAY)
        assert searched(reader, "HP/2025-26/04") == []
    assert [e.reference for e in only] == ["HP/2025-26/04"]


def test_what_nothing_looks_for_is_never_silent(home: Path) -> None:
    """Rows of a tracker, and what a person entered, are not sought in what is said."""
    name = "Safer Communities Scrutiny Committee"
    values = (("committee", name), ("meeting_date", "2026-01-05"), ("action_due", "2026-02-01"))
    rows = [
        r.line(
            "entry", "That damp be reported.", reference=f"HP/2025-26/0{n}", values=values, **more
        )
        for n, more in enumerate(({}, {"meeting_id": "june"}))
    ]
    r.load(home, [], *rows)

    for reference in ("HP/2025-26/00", "HP/2025-26/01"):
        found = entry(home, reference)
        assert (found.silent, found.last_checked, found.status) == (False, "", "overdue")
        with open_reader(home) as reader:
            assert searched(reader, reference) == []


def test_an_older_ledger_with_a_far_day_loads(home: Path) -> None:
    far = r.line("correct", "9999-12-31", column="action_due", reference=r.REFERENCE)
    r.load(home, [], far)

    assert entry(home).action_due == "9999-12-31"


def test_merging_folds_both_again(home: Path) -> None:
    r.load(home, [], r.line("merge", r.REFERENCE, reference=r.FELL.id))

    with open_reader(home) as reader:
        (taken,) = [e for e in register(reader, today=TODAY) if e.reference == r.FELL.id]
        events = life(reader, r.REFERENCE, today=TODAY).events
    assert (taken.status, taken.open) == ("superseded", False)
    assert any(r.FELL.id in e.note for e in events)
    r.load(home, [], r.line("undo", Ledger(home).all_lines()[-1].id, reference=""))
    assert entry(home, r.FELL.id).status == "not_started"


def test_the_views_tell_the_same_as_the_register(home: Path) -> None:
    with open_reader(home) as reader:
        entries = register(reader, today=date.today())
        columns = "reference, status, rag, overdue, silent"
        rows = reader.con.view("register").project(columns).fetchall()
        steps = reader.con.view("register_events").filter(f"reference = '{r.REFERENCE}'")
        assert steps.order("position").project("standing").fetchall()[-1] == ("proposed",)
    told = [(e.reference, e.status, e.rag, e.overdue, e.silent) for e in entries]
    assert sorted(rows) == sorted(told)
