"""A backlog goes out a few meetings at a time; what has sound goes to who recognises, then on."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from flows import elsewhere
from flows.elsewhere import Awaited, Crew
from flows.plan import Plan, make_plan
from flows.pool import RECOGNISE, REST
from flows.report import Outcome
from models.toolbox import Toolbox
from tests import tiny_meetings
from tests.sample_home import processed_by
from transcripts.manifest import read_meeting
from transcripts.objects.bundle import Pointer, dumped, pointer_of, push
from transcripts.objects.jobs import ALL_HEARD, DONE, JOB, JOBS, MADE, folder_of
from transcripts.objects.store import ObjectStore
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record


@dataclass(slots=True)
class Workers:
    """A pool whose workers make what is asked for at once, or are silent (``made`` is empty)."""

    store: ObjectStore
    folder: Path
    made: dict[str, tuple[Plan, ProcessedMeeting]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    loaded: list[int] = field(default_factory=list)
    home: Path = Path()

    def running(self, meeting_id: str, key: str, stage: str) -> str:
        return ""

    def submit(self, meeting_id: str, key: str, stage: str) -> str:
        self.asked.append((meeting_id, stage))
        self.jobs.append(sum(n.endswith(JOB) for n in self.store.names(JOBS)))
        self.loaded.append(len(Record(self.home).meeting_ids()))
        if meeting_id in self.made:
            self._make(meeting_id, key)
        return meeting_id

    def states(self, runs: list[str]) -> dict[str, tuple[str, str]]:
        return dict.fromkeys(runs, ("RUNNING", ""))

    def _make(self, meeting_id: str, key: str) -> None:
        _, processed = self.made[meeting_id]
        record, job = Record(self.folder / meeting_id), folder_of(meeting_id, key)
        record.save(processed, key)
        pointer = pointer_of(record, meeting_id)
        push(self.store, f"{job}/{MADE}", record, meeting_id, pointer, last=f"{job}/{DONE}")


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> list[Plan]:
    inbox = tmp_path_factory.mktemp("inbox")
    tools = Toolbox(speech="captions", offline=True)
    made = [tiny_meetings.make(inbox, n, sayings=2) for n in range(4)]
    return [make_plan(read_meeting(folder / "meeting.toml"), tools) for folder in made]


@pytest.fixture
def workers(plans: list[Plan], tmp_path: Path) -> Workers:
    store = ObjectStore(f"file://{tmp_path}/store", patience_s=0.1)
    return Workers(store, tmp_path / "workers", home=tmp_path / "home")


def worked_off(plans: list[Plan], workers: Workers) -> list[Outcome]:
    """What becomes of a backlog of which two may be out at once."""
    outcomes: list[Outcome] = []
    crew = Crew(workers.store, "heavy", most=2)
    asked = [("inbox", plan) for plan in plans]
    elsewhere.work_off(asked, workers.home, crew, workers, outcomes)  # type: ignore[arg-type]
    return outcomes


def test_no_more_than_a_few_meetings_lie_on_the_store_and_the_first_is_gathered_at_once(
    plans: list[Plan], workers: Workers
) -> None:
    for plan in plans:
        meeting = ProcessedMeeting(plan.meeting, (processed_by(plan),))
        workers.made[plan.meeting.id] = plan, meeting

    outcomes = worked_off(plans, workers)

    assert [o.outcome for o in outcomes] == ["done"] * 4
    assert workers.jobs == [1, 1, 1, 1]  # what was whole was gathered before the next went out
    assert workers.loaded == [0, 1, 2, 3]
    assert workers.store.names("") == {}


def test_meetings_that_nobody_takes_are_all_named_and_few_are_handed_out(
    plans: list[Plan], workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "NOBODY_S", 0.2)
    monkeypatch.setattr(elsewhere, "LOOK_S", 0.1)

    outcomes = worked_off(plans, workers)

    assert [m for m, _ in workers.asked] == [p.meeting.id for p in plans[:2]]
    assert [o.meeting_id for o in outcomes] == [p.meeting.id for p in plans]
    assert all("no worker of heavy took it" in o.message for o in outcomes)


def test_what_has_sound_is_recognised_first_and_then_the_rest_is_asked_for(
    plans: list[Plan], workers: Workers
) -> None:
    spoken = replace(plans[0], sources=(replace(plans[0].sources[0], kind="speech"),))
    each, crew = Awaited("inbox", spoken), Crew(workers.store, "heavy")
    elsewhere._hand_out(each, crew, workers)  # type: ignore[arg-type]
    workers.store.put(f"{each.folder}/{ALL_HEARD}", dumped(Pointer(by="records-2")))

    look = elsewhere._looked_at(
        each,
        workers.store.names(JOBS),
        ("COMPLETED", ""),
        workers.home,
        crew,
        workers,  # type: ignore[arg-type]
    )
    again = Awaited("inbox", spoken)  # as of a batch that was killed
    elsewhere._hand_out(again, crew, workers)  # type: ignore[arg-type]

    assert look is None
    assert (each.tries, [stage for _, stage in workers.asked]) == (1, [RECOGNISE, REST, REST])


def test_captions_alone_go_to_no_recogniser(plans: list[Plan], workers: Workers) -> None:
    elsewhere._hand_out(Awaited("inbox", plans[0]), Crew(workers.store, "heavy"), workers)  # type: ignore[arg-type]

    assert workers.asked == [(plans[0].meeting.id, REST)]
