"""What waits for a person: in one order, and off the list the moment somebody decides."""

from __future__ import annotations

from pathlib import Path

import pytest

from matters_arising.errors import NotInArchiveError
from tests.warehouse import builders as b
from tests.warehouse import register_builders as rb
from transcripts.ledger import Decision
from warehouse import store
from warehouse.doubts import Unsure, doubt_of, doubts
from warehouse.reader import open_reader
from warehouse.unheard import PointAlone
from warehouse.waiting import (
    FINDING,
    LINK,
    MINUTES,
    VOICE,
    Case,
    cases,
    unsettled,
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings, of which the second may tell what became of the first's recommendation."""
    made = tmp_path_factory.mktemp("waiting")
    store.load(made, [rb.june(), rb.july()], decisions=[rb.NUMBERED], linker=rb.Likeness())
    return made


def waiting(home: Path, meeting_id: str = "") -> list[Case]:
    with open_reader(home) as reader:
        return cases(reader, meeting_id)


def test_all_kinds_stand_in_one_order_worst_first(home: Path) -> None:
    found = waiting(home)

    assert {c.kind for c in found} == {VOICE, LINK}
    assert [c.at_risk for c in found] == sorted((c.at_risk for c in found), reverse=True)
    assert len({c.id for c in found}) == len(found)


def test_of_one_meeting_only_what_was_heard_in_it_waits(home: Path) -> None:
    assert {c.meeting_id for c in waiting(home, "july")} == {"july"}
    with pytest.raises(NotInArchiveError):
        waiting(home, "august")


def test_a_finding_waits_while_its_score_is_low_and_nobody_decided(tmp_path: Path) -> None:
    said = b.transcript("june")
    doubted = b.finding(said, "concern", "residents were never told", score=0.2)
    sure = b.finding(said, "undertaking", "We will write to you", score=0.9)
    ruled = b.finding(said, "recommendation", "I recommend", score=None, rules=("R.x",))
    store.load(tmp_path, [b.one_transcript(said, (doubted, sure, ruled))])
    before = [c.thing.finding_id for c in waiting(tmp_path) if c.kind == FINDING]
    about = {"finding_id": doubted.id, "recording_sha256": said.recording_sha256}
    line = Decision(
        kind="finding", verdict="rejected", who="A", when="2026-07-01", id="1",
        start_s=doubted.start_s, end_s=doubted.end_s, words=doubted.quote, **about,
    )  # fmt: skip
    store.load(tmp_path, [], decisions=[line])

    assert before == [doubted.id]
    assert [c for c in waiting(tmp_path) if c.kind == FINDING] == []


@pytest.mark.parametrize("kind", [VOICE, LINK])
def test_a_line_written_since_the_load_takes_its_thing_off_and_no_other(
    home: Path, kind: str
) -> None:
    found = waiting(home)
    case = next(c for c in found if c.kind == kind)
    told = {"who": "A", "when": "2026-07-01", "id": "1"}
    (reference,) = case.thing.references or ("",)
    line = {
        VOICE: Decision(kind="speaker", verdict="", recording_sha256=case.thing.recording_sha256,
                        voice=case.thing.voice, **told),
        LINK: Decision(kind="link", verdict="rejected", reference=reference.upper(),
                       claim_id=case.thing.claim_id, **told),
    }[kind]  # fmt: skip

    assert case.settled_by(line)
    assert unsettled(found, [line]) == [c for c in found if c != case]


def test_points_of_minutes_wait_where_they_are_only_likely_and_are_told_where_unheard(
    tmp_path: Path,
) -> None:
    from dataclasses import replace

    from transcripts.minutes import MinuteMatch, MinutePoint

    minutes = rb.minutes("That Cabinet publish its plans", state="draft")
    match = MinuteMatch("p1", rb.ASKED.id, 0.55, 0.1, "proposed", ("shares two words",))
    unheard = MinutePoint("p2", "action", "That a briefing note be circulated", 1)
    minutes = replace(minutes, matches=(match,), points=(*minutes.points, unheard))
    june = replace(rb.june(), minutes=(minutes,))
    store.load(tmp_path, [june], decisions=[rb.NUMBERED])
    case, alone = [c for c in waiting(tmp_path) if c.kind == MINUTES]

    assert (case.thing.point_id, case.thing.references) == ("p1", {rb.REFERENCE.lower()})
    assert isinstance(alone.about, PointAlone)
    assert alone.about.minuted == "That a briefing note be circulated"


def test_voices_of_every_meeting_wait_however_old_it_is(tmp_path: Path) -> None:
    said = [b.transcript(f"meeting-{n:02d}") for n in range(32)]
    store.load(tmp_path, [b.one_transcript(one) for one in said])
    waits = [c for c in waiting(tmp_path) if c.kind == VOICE]
    with open_reader(tmp_path) as reader:
        alone = doubts(reader, "meeting-00")
        told = [doubt_of(reader, c.about) for c in waits if isinstance(c.about, Unsure)]

    assert {c.meeting_id for c in waits} == {f"meeting-{n:02d}" for n in range(32)}
    assert [d for d in alone if d not in told] == []
    assert sorted(c.at_risk for c in waits if c.meeting_id == "meeting-00") == sorted(
        d.at_risk for d in alone
    )
