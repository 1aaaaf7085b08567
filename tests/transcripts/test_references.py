"""References are given once, in order, and stay with their recommendation."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from transcripts.finding import Finding, finding_id
from transcripts.ledger import Decision, Ledger, findings_decided
from transcripts.motion import Act, Motion, motion_id
from transcripts.processed import ProcessedMeeting
from transcripts.references import new_references, next_reference

SHA = "ab" * 32


@pytest.fixture
def base(request: pytest.FixtureRequest) -> ProcessedMeeting:
    """A meeting without findings."""
    from importlib.util import module_from_spec, spec_from_file_location

    path = Path(__file__).with_name("test_record.py")
    spec = spec_from_file_location("record_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    example: ProcessedMeeting = module.processed()
    return example


def with_recommendations(
    base: ProcessedMeeting, *spans: tuple[float, float], agreed: bool | None = True
) -> ProcessedMeeting:
    """The meeting with recommendations said at these seconds."""
    found = tuple(
        Finding(
            finding_id(SHA, "recommendation", a, b),
            "recommendation",
            "s1",
            "u1",
            "V1",
            "tell residents",
            a,
            b,
            rules=("r1",),
            agreed=agreed,
        )
        for a, b in spans
    )
    (part,) = base.transcripts
    findings = replace(part.findings, findings=found)
    return replace(base, transcripts=(replace(part, findings=findings),))


def numbers_of(meeting: ProcessedMeeting, ledger: Ledger) -> dict[str, str]:
    """The reference of each finding that has one."""
    findings = meeting.transcripts[0].findings.findings
    given = findings_decided(ledger.standing(), SHA, findings, kind="reference")
    return {finding: decision.verdict for finding, decision in given.items()}


def test_agreed_recommendations_are_numbered_in_the_order_they_were_said(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """Numbers start at one with the municipal year."""
    meeting = with_recommendations(base, (50.0, 55.0), (10.0, 15.0))
    ledger = Ledger(tmp_path)
    ledger.append(new_references(meeting, ledger.standing()))

    given = numbers_of(meeting, ledger)
    assert given[finding_id(SHA, "recommendation", 10.0, 15.0)] == "SCSC/2026-27/01"
    assert given[finding_id(SHA, "recommendation", 50.0, 55.0)] == "SCSC/2026-27/02"
    assert new_references(meeting, ledger.standing()) == []


def test_a_reference_stays_when_another_engine_hears_other_seconds(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """A new recommendation in between gets the next number, not an old one."""
    ledger = Ledger(tmp_path)
    first = with_recommendations(base, (10.0, 15.0), (50.0, 55.0))
    ledger.append(new_references(first, ledger.standing()))
    again = with_recommendations(base, (10.4, 14.2), (30.0, 33.0), (49.0, 55.5))
    ledger.append(new_references(again, ledger.standing()))

    given = numbers_of(again, ledger)
    assert [given[f.id] for f in again.transcripts[0].findings.findings] == [
        "SCSC/2026-27/01",
        "SCSC/2026-27/03",
        "SCSC/2026-27/02",
    ]


def test_what_was_not_agreed_gets_no_reference(base: ProcessedMeeting) -> None:
    """A floated idea is not the committee's recommendation."""
    meeting = with_recommendations(base, (10.0, 15.0), agreed=None)

    assert new_references(meeting, []) == []


def test_wordings_settled_by_the_same_agreed_are_one_recommendation(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """Fourteen days, then seven, then as the chair put it: the last wording gets the number."""
    meeting = with_recommendations(base, (10.0, 15.0), (20.0, 24.0), (30.0, 36.0))
    (part,) = meeting.transcripts
    settled = tuple(replace(f, settled_s=37.0) for f in part.findings.findings)
    part = replace(part, findings=replace(part.findings, findings=settled))
    meeting = replace(meeting, transcripts=(part,))
    ledger = Ledger(tmp_path)
    ledger.append(new_references(meeting, ledger.standing()))

    assert numbers_of(meeting, ledger) == {settled[2].id: "SCSC/2026-27/01"}
    assert new_references(meeting, ledger.standing()) == []


def test_several_recommendations_agreed_in_one_sentence_get_a_number_each(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """An earlier wording of them gets none, and nothing is numbered twice."""
    meeting = with_recommendations(base, (10.0, 15.0), (20.0, 25.0))
    (part,) = meeting.transcripts
    floated, put = (replace(f, settled_s=30.0) for f in part.findings.findings)
    second = replace(put, id=finding_id(SHA, "recommendation", 20.0, 25.0, 1), quote="residents")
    findings = replace(part.findings, findings=(floated, put, second))
    meeting = replace(meeting, transcripts=(replace(part, findings=findings),))
    ledger = Ledger(tmp_path)
    ledger.append(new_references(meeting, ledger.standing()))

    assert numbers_of(meeting, ledger) == {
        put.id: "SCSC/2026-27/01",
        second.id: "SCSC/2026-27/02",
    }
    assert new_references(meeting, ledger.standing()) == []


def moved(
    base: ProcessedMeeting, outcome: str, *spans: tuple[float, float], quote: str = "tell residents"
) -> ProcessedMeeting:
    """The meeting with one motion that was worded at these seconds, the last time as settled."""
    meeting = with_recommendations(base, *spans)
    (part,) = meeting.transcripts
    found = tuple(replace(f, quote=quote) for f in part.findings.findings)
    last = found[-1]
    act = Act("put", quote, "s1", "u1", "V1", last.start_s, last.end_s)
    motion = Motion(
        motion_id(last.id), last.id, "5", quote, (act,), outcome,
        finding_ids=tuple(f.id for f in found),
    )  # fmt: skip
    findings = replace(part.findings, findings=found, motions=(motion,))
    return replace(meeting, transcripts=(replace(part, findings=findings),))


def test_a_motion_gets_one_number_at_its_last_wording(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """However often it was worded."""
    meeting = moved(base, "agreed", (10.0, 15.0), (20.0, 24.0), (30.0, 36.0))
    ledger = Ledger(tmp_path)
    ledger.append(new_references(meeting, ledger.standing()))

    last = meeting.transcripts[0].findings.findings[-1]
    assert numbers_of(meeting, ledger) == {last.id: "SCSC/2026-27/01"}
    assert new_references(meeting, ledger.standing()) == []


@pytest.mark.parametrize("outcome", ["not_agreed", "withdrawn", "downgraded_to_comment", ""])
def test_a_motion_that_was_not_agreed_gets_none(base: ProcessedMeeting, outcome: str) -> None:
    """Its finding may say otherwise: the motion knows how it ended."""
    assert new_references(moved(base, outcome, (10.0, 15.0)), []) == []


def test_a_motion_of_which_any_wording_has_a_number_keeps_it(
    tmp_path: Path, base: ProcessedMeeting
) -> None:
    """Numbered at a wording that another engine no longer hears as the last."""
    ledger = Ledger(tmp_path)
    ledger.append(new_references(moved(base, "agreed", (20.0, 24.0)), ledger.standing()))
    again = moved(base, "agreed", (10.0, 15.0), (20.3, 24.4), (30.0, 36.0), quote="tell them all")

    assert new_references(again, ledger.standing()) == []


def test_a_number_that_a_tracker_brought_is_not_given_again(base: ProcessedMeeting) -> None:
    """It is some other recommendation of the same committee and year."""
    line = Decision(
        "entry", "That it be told.", "A. Clerk", "2026-06-01T10:00:00+01:00",
        reference="scsc/2026-27/07",
    )  # fmt: skip
    odd = replace(line, reference="SCSC/2026-27/7b")

    (given,) = new_references(moved(base, "agreed", (10.0, 15.0)), [line, odd])

    assert given.verdict == "SCSC/2026-27/08"


@pytest.mark.parametrize("kind", ["reference", "entry"])
def test_a_number_whose_line_was_undone_is_not_given_again(
    tmp_path: Path, base: ProcessedMeeting, kind: str
) -> None:
    """What was noted of the one would show as if it were of the other."""
    number = "SCSC/2026-27/06"
    about = {"verdict": number} if kind == "reference" else {"verdict": "-", "reference": number}
    ledger = Ledger(tmp_path)
    line = Decision(kind=kind, who="Ann", when="2026-07-01T10:00:00+01:00", **about)
    (gone,) = ledger.append([line])
    ledger.append([replace(line, kind="undo", verdict=gone.id, reference="")])

    meeting = with_recommendations(base, (10.0, 15.0))
    (given,) = new_references(meeting, ledger.all_lines())

    assert given.verdict == "SCSC/2026-27/07"
    assert next_reference("SCSC/2026-27/", ledger.all_lines()) == "SCSC/2026-27/07"
