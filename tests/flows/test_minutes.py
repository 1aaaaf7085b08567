"""Minutes are kept beside the speech of their meeting, and loaded with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from flows.load import load_meeting
from flows.minutes import add_minutes
from matters_arising.errors import BadInputError, NotInArchiveError
from models.minutes.compare import Compared
from models.vectors import MiniLM
from tests.warehouse import builders
from transcripts.minutes import MATCHED
from transcripts.processed import FindingsVersion
from transcripts.record import Record, finished_findings

MEETING = "2026-06-02"
TEXT = """Aldermere Borough Council
Minutes of the Safer Communities Scrutiny Committee held on 2 June 2026

1. Welcome

RESOLVED: That the minutes of the meeting held on 5 May 2026 be agreed.

5. Live facial recognition

RESOLVED:

1. That the Cabinet be recommended to publish a schedule before any deployment.

2. That the Committee write to Mrs Petty-Smith with its thanks.
"""


@pytest.fixture(scope="module")
def vectors() -> MiniLM:
    return MiniLM()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of one processed meeting, and its minutes beside it."""
    Record(tmp_path).save(builders.done(MEETING), key="k1")
    (tmp_path / "minutes.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def added(home: Path, vectors: MiniLM, **more: object) -> Compared:
    """The minutes of the archive, added."""
    source = str(home / "minutes.txt")
    return add_minutes(source, MEETING, home=home, vectors=vectors, **more)  # type: ignore[arg-type]


def test_minutes_are_matched_kept_and_loaded(home: Path, vectors: MiniLM) -> None:
    found = added(home, vectors)

    (pair,) = found.pairs
    (kept,) = Record(home).read(MEETING).minutes
    assert pair.point.text.startswith("That the Cabinet be recommended to publish a schedule")
    assert pair.voiced.wording == "recommend that the Cabinet publishes a schedule"
    assert pair.match.standing == MATCHED
    assert len(found.only_minuted) == 2
    assert (kept.state, kept.form, len(kept.points)) == ("draft", "text", 3)
    assert (home / "matters.duckdb").exists()


def test_approved_minutes_stand_after_the_draft_and_the_draft_is_kept(
    home: Path, vectors: MiniLM
) -> None:
    first = added(home, vectors)
    second = added(home, vectors, state="approved", approved_on="2026-07-14")

    minutes = Record(home).minutes(MEETING)
    assert [(m.state, m.approved_on) for m in minutes] == [
        ("draft", ""),
        ("approved", "2026-07-14"),
    ]
    assert [p.id for p in first.minutes.points] == [p.id for p in second.minutes.points]


@pytest.mark.parametrize("day", ["2020-01-01", "2199-01-01"])
def test_minutes_are_approved_after_their_meeting_and_not_in_days_to_come(
    home: Path, vectors: MiniLM, day: str
) -> None:
    with pytest.raises(BadInputError, match=day):
        added(home, vectors, state="approved", approved_on=day)

    assert Record(home).minutes(MEETING) == ()


def test_a_dry_run_keeps_nothing(home: Path, vectors: MiniLM) -> None:
    found = added(home, vectors, dry_run=True)

    assert len(found.pairs) == 1
    assert Record(home).minutes(MEETING) == ()
    assert not (home / "matters.duckdb").exists()


def test_names_of_the_public_are_not_shown_and_the_record_keeps_the_words(
    home: Path, vectors: MiniLM
) -> None:
    found = added(home, vectors)

    shown = [p.text for p in found.minutes.points]
    assert shown[2] == "That the Committee write to [name withheld] with its thanks."
    assert "Petty-Smith" in Record(home).minutes(MEETING)[0].points[2].text


def test_minutes_of_another_day_are_refused_unless_meant(home: Path, vectors: MiniLM) -> None:
    other = home / "minutes.txt"
    other.write_text(TEXT.replace("2 June 2026", "3 June 2026"), encoding="utf-8")

    with pytest.raises(BadInputError, match="is of 3 June 2026"):
        added(home, vectors)

    assert len(added(home, vectors, any_day=True).pairs) == 1


def test_minutes_of_a_meeting_that_was_not_processed_are_refused(
    home: Path, vectors: MiniLM
) -> None:
    with pytest.raises(NotInArchiveError, match="no meeting 'july'"):
        add_minutes(str(home / "minutes.txt"), "july", home=home, vectors=vectors)


def test_a_file_larger_than_minutes_is_refused_unread(home: Path, vectors: MiniLM) -> None:
    with (home / "minutes.txt").open("wb") as file:
        file.truncate(100_000_000)

    with pytest.raises(BadInputError, match="100 MB"):
        added(home, vectors)


def test_a_meeting_that_is_processed_again_keeps_its_minutes_and_matches_them_anew(
    home: Path, vectors: MiniLM
) -> None:
    added(home, vectors)
    again = builders.done(MEETING)
    part = again.transcripts[0]
    moved = replace(part.findings.findings[1], id="another", item="5")
    findings = finished_findings(
        FindingsVersion(part.transcript.version, part.findings.engines, (moved,))
    )
    again = replace(again, transcripts=(replace(part, findings=findings),))
    Record(home).save(again, key="k2")

    load_meeting(home, again)

    (kept,) = Record(home).minutes(MEETING)
    assert kept.matched_to == (findings.version,)
    assert [m.finding_id for m in kept.matches] == ["another"]
    assert again.meeting.date == date(2026, 6, 2)


def test_the_same_minutes_given_twice_are_one_version(home: Path, vectors: MiniLM) -> None:
    first, second = added(home, vectors), added(home, vectors)

    assert first.minutes.document_sha256 == second.minutes.document_sha256
    assert [p.id for p in first.minutes.points] == [p.id for p in second.minutes.points]
    assert len(Record(home).minutes(MEETING)) == 1
