"""What a worker put is gathered, checked and loaded here; what is wrong with it is named."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from flows import elsewhere
from flows.elsewhere import Awaited, Crew, stays_here
from flows.plan import Plan, make_plan
from flows.pushing import check_elsewhere, out_of_store
from matters_arising.errors import BadInputError, TransientError
from models.toolbox import Toolbox
from tests import tiny_meetings
from tests.flows.support import matters
from tests.sample_home import processed_by
from transcripts.ledger import Decision, Ledger, now
from transcripts.manifest import read_meeting
from transcripts.objects import jobs
from transcripts.objects.bundle import Pointer, dumped, pointer_of, push
from transcripts.objects.jobs import DONE, JOB, MADE, folder_of
from transcripts.objects.mirror import push_all
from transcripts.objects.store import ObjectStore
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record
from warehouse.listings import meetings as listed
from warehouse.reader import open_reader

MEETING = tiny_meetings.meeting_id(0)


@dataclass(slots=True)
class Handed:
    """A meeting that was handed out and made, as a worker leaves it, and where it is gathered."""

    store: ObjectStore
    home: Path
    plan: Plan
    processed: ProcessedMeeting
    crew: Crew = field(init=False)
    each: Awaited = field(init=False)

    def __post_init__(self) -> None:
        self.crew = Crew(self.store, "heavy", lease_s=0.2)
        self.each = Awaited("inbox/meeting.toml", self.plan)

    def hand_out(self) -> None:
        elsewhere._hand_out(self.each, self.crew, Workers(self.store))  # type: ignore[arg-type]

    def put(self, folder: Path) -> None:
        """What a worker puts, from a folder of its own."""
        record = Record(folder)
        elsewhere_files = replace(self.processed.meeting, recordings=())
        record.save(replace(self.processed, meeting=elsewhere_files), self.plan.key)
        pointer = replace(pointer_of(record, MEETING), by="records-2", told=("a note",))
        push(self.store, f"{self.each.folder}/{MADE}", record, MEETING, pointer,
             last=f"{self.each.folder}/{DONE}")  # fmt: skip

    def loaded(self) -> list[str]:
        if not (self.home / "matters.duckdb").exists():
            return []
        with open_reader(self.home) as reader:
            return [m.meeting_id for m in listed(reader)]


@dataclass(slots=True)
class Workers:
    """A pool whose runs are what a test says."""

    store: ObjectStore
    state: tuple[str, str] = ("RUNNING", "")
    submitted: int = 0
    given_up: int = 0
    stages: list[str] = field(default_factory=list)

    def running(self, meeting_id: str, key: str, stage: str) -> str:
        return ""

    def submit(self, meeting_id: str, key: str, stage: str) -> str:
        self.submitted += 1
        self.stages.append(stage)
        return f"run {self.submitted}"

    def give_up(self, run: str) -> None:
        self.given_up += 1


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, ProcessedMeeting]:
    folder = tiny_meetings.make(tmp_path_factory.mktemp("inbox"), 0)
    plan = make_plan(
        read_meeting(folder / "meeting.toml"), Toolbox(speech="captions", offline=True)
    )
    return plan, ProcessedMeeting(plan.meeting, (processed_by(plan),))


@pytest.fixture
def handed(made: tuple[Plan, ProcessedMeeting], tmp_path: Path) -> Handed:
    store = ObjectStore(f"file://{tmp_path}/store", patience_s=0.1)
    found = Handed(store, tmp_path / "home", *made)
    found.hand_out()
    found.put(tmp_path / "worker")
    return found


def test_what_a_worker_made_is_loaded_and_nothing_of_it_is_left_on_the_store(
    handed: Handed,
) -> None:
    outcome = elsewhere._gathered(handed.each, handed.home, handed.crew)

    kept = Record(handed.home).read(MEETING)
    assert (outcome.outcome, outcome.message) == ("done", "a note")
    assert kept.transcripts[0].transcript == handed.processed.transcripts[0].transcript
    assert kept.meeting == handed.plan.meeting  # the files as they lie here
    assert handed.loaded() == [MEETING]
    assert handed.store.names("") == {}


def test_the_same_delivery_again_is_gathered_once(handed: Handed, tmp_path: Path) -> None:
    elsewhere._gathered(handed.each, handed.home, handed.crew)
    lines, files = Ledger(handed.home).all_lines(), Record(handed.home).files_of(MEETING)
    handed.hand_out()
    handed.put(tmp_path / "worker")

    again = elsewhere._gathered(handed.each, handed.home, handed.crew)

    assert again.outcome == "done"
    assert (Ledger(handed.home).all_lines(), Record(handed.home).files_of(MEETING)) == (
        lines,
        files,
    )
    assert handed.loaded() == [MEETING]


@pytest.mark.parametrize("kind", ["transcript-", "findings-", "vectors-", "run-"])
def test_a_damaged_object_is_named_and_not_loaded_and_made_again(
    handed: Handed, tmp_path: Path, kind: str
) -> None:
    name = next(n for n in handed.store.names("jobs") if f"/{MADE}/{kind}" in n)
    data = handed.store.get(name) or b""
    handed.store.put(name, data[:-1] + b"?")

    outcome = elsewhere._gathered(handed.each, handed.home, handed.crew)

    assert outcome.outcome == "failed"
    assert f"{name} is not what was written" in outcome.message
    assert (Record(handed.home).meeting_ids(), handed.loaded()) == ([], [])
    assert handed.store.get(f"{handed.each.folder}/{DONE}") is None  # asked for anew
    handed.put(tmp_path / "worker")
    assert elsewhere._gathered(handed.each, handed.home, handed.crew).outcome == "done"


def test_half_of_what_a_worker_puts_is_never_a_result(handed: Handed, tmp_path: Path) -> None:
    handed.store.remove([f"{handed.each.folder}/{DONE}"])  # it was killed before the last object
    names = handed.store.names("jobs")

    pool = Workers(handed.store)
    look = elsewhere._looked_at(handed.each, names, pool.state, handed.home, handed.crew, pool)  # type: ignore[arg-type]

    assert look is None
    assert Record(handed.home).meeting_ids() == []


def test_what_a_worker_could_not_make_is_told_in_its_words(handed: Handed) -> None:
    failed = Pointer(failed="captions.vtt holds no cue", by=socket.gethostname())
    handed.store.put(f"{handed.each.folder}/{DONE}", dumped(failed))

    outcome = elsewhere._gathered(handed.each, handed.home, handed.crew)

    assert (outcome.outcome, outcome.message) == ("failed", "captions.vtt holds no cue")
    assert handed.store.names("") == {}


def test_what_was_redacted_meanwhile_is_kept_nowhere(handed: Handed) -> None:
    sha = handed.processed.transcripts[0].transcript.recording_sha256
    line = Decision("redact", "redacted", "A. Clerk", now(), "an address", meeting_id=MEETING,
                    recording_sha256=sha, start_s=6.0, end_s=11.0)  # fmt: skip
    Ledger(handed.home).append([line])

    outcome = elsewhere._gathered(handed.each, handed.home, handed.crew)

    assert "was redacted or purged while it was processed" in outcome.message
    assert Record(handed.home).meeting_ids() == []
    assert handed.store.names("") == {}


def test_a_meeting_is_given_to_others_and_then_named(handed: Handed) -> None:
    handed.store.remove([f"{handed.each.folder}/{DONE}"])
    names = {n: s for n, s in handed.store.names("jobs").items() if "claim" not in n}
    pool = Workers(handed.store, state=("FAILED", "the disk is full"))

    looks = [
        elsewhere._looked_at(handed.each, names, pool.state, handed.home, handed.crew, pool)  # type: ignore[arg-type]
        for _ in range(elsewhere.TRIES)
    ]

    assert looks[:-1] == [None] * (elsewhere.TRIES - 1)
    assert pool.submitted == elsewhere.TRIES - 1
    assert looks[-1] is not None
    assert "did not make it (the last: the disk is full)" in looks[-1].message
    assert "the last one: the disk is full" in elsewhere._nobody(handed.each, handed.crew).message
    assert handed.store.get(f"{handed.each.folder}/{JOB}") is not None


def test_a_worker_that_is_silent_is_given_up_and_one_that_lives_is_not(handed: Handed) -> None:
    handed.store.remove([f"{handed.each.folder}/{DONE}"])
    clock = [0.0]
    handed.each.claim.clock = lambda: clock[0]
    handed.each.state = "RUNNING"
    pool = Workers(handed.store)
    given_up = []
    for content in (b"1", b"2", b"2"):
        handed.store.put(f"{handed.each.folder}/claim-1.json", content)
        clock[0] += elsewhere.LEASES * handed.crew.lease_s + 0.1
        names = handed.store.names("jobs")
        elsewhere._looked_at(handed.each, names, pool.state, handed.home, handed.crew, pool)  # type: ignore[arg-type]
        given_up.append(pool.given_up)

    assert given_up == [0, 0, 1]


def test_the_claim_of_a_dead_worker_does_not_hurry_the_next_one_that_starts(
    handed: Handed,
) -> None:
    """It lies there until somebody comes after it, and a start may take longer than two leases."""
    handed.store.remove([f"{handed.each.folder}/{DONE}"])
    clock = [0.0]
    pool = Workers(handed.store)

    def look(state: str, after_s: float, content: bytes) -> int:
        clock[0] += after_s
        handed.store.put(f"{handed.each.folder}/claim-1.json", content)
        handed.each.claim.clock, handed.each.state = (lambda: clock[0]), state
        names = handed.store.names("jobs")
        elsewhere._looked_at(handed.each, names, (state, ""), handed.home, handed.crew, pool)  # type: ignore[arg-type]
        return pool.given_up

    two_leases = elsewhere.LEASES * handed.crew.lease_s + 0.1
    dead = [look("RUNNING", s, b"1") for s in (0.0, two_leases)]
    starts = [look("PENDING", two_leases, b"1") for _ in range(3)]
    back = [look("PENDING", two_leases, beat) for beat in (b"2", b"3", b"3")]

    assert (dead, starts, back) == ([0, 1], [1, 1, 1], [1, 1, 2])


def test_a_job_of_an_earlier_cut_is_taken_back(handed: Handed) -> None:
    newer = Awaited("inbox/meeting.toml", replace(handed.plan, key="another"))

    elsewhere._hand_out(newer, handed.crew, Workers(handed.store))  # type: ignore[arg-type]

    folders = {n.split("/")[2] for n in handed.store.names("jobs")}
    assert folders == {"another"}
    assert jobs.wanted(handed.store)  # its inputs were put anew


def test_a_job_that_was_gathered_and_not_taken_back_goes_with_the_next_push(
    handed: Handed,
) -> None:
    """As where the batch was killed between the two: nobody hands that meeting out again."""
    Record(handed.home).save(handed.processed, handed.plan.key)

    push_all(handed.home, handed.store)

    assert handed.store.names("jobs") == handed.store.names("inputs") == {}


def test_voices_and_keys_stay_on_the_machine_that_has_them(handed: Handed) -> None:
    assert not stays_here(handed.plan)
    assert stays_here(replace(handed.plan, known=("a voice",)))


def test_prefect_and_the_job_hold_no_secret_and_no_path_of_this_machine(handed: Handed) -> None:
    job = handed.store.get(f"{folder_of(MEETING, handed.plan.key)}/{JOB}") or b""

    assert str(handed.home.parent).encode() not in job
    assert b"inputs/" in job


def test_what_is_redacted_is_taken_out_of_the_store_at_once(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere._gathered(handed.each, handed.home, handed.crew)
    push_all(handed.home, handed.store)
    said = handed.processed.transcripts[0].transcript.sentences[0]  # the only one of its words
    monkeypatch.setenv("MATTERS_STORE", handed.store.address)
    handed.hand_out()

    done = matters(handed.home, "redact", MEETING, "--from", str(said.start_s), "--to",
                   str(said.end_s), "--why", "an address", "--by", "A. Clerk")  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"taken out of {handed.store.address}" in done.stdout
    words = b"".join(handed.store.get_many(list(handed.store.names(""))).values())
    assert said.text.encode() not in words
    assert handed.store.names("jobs") == handed.store.names("inputs") == {}


def test_a_store_that_cannot_be_reached_is_told_with_the_deed(handed: Handed) -> None:
    told, gone = out_of_store(handed.home, "s3://no-such-bucket/x", [MEETING])

    assert not gone
    assert told.startswith("STILL in the store: ")
    assert told.endswith("matters store push takes it out")


@pytest.mark.parametrize(
    ("store", "server", "words"),
    [("", "http://x", "set MATTERS_STORE to an"), ("file:///x", "", "set PREFECT_API_URL to its")],
)
def test_what_workers_need_is_asked_for(
    store: str, server: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PREFECT_API_URL", server)

    with pytest.raises(BadInputError, match=words):
        check_elsewhere(store)


def test_a_worker_takes_no_archive_for_its_folder(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATTERS_STORE", handed.store.address)
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    elsewhere._gathered(handed.each, handed.home, handed.crew)

    told = matters(handed.home, "worker", "heavy")

    assert told.returncode == 1
    assert "holds an archive, and a worker keeps nothing" in told.stderr


def test_a_store_that_stays_away_ends_the_batch_and_is_not_waited_for_once_a_meeting(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    crew = Crew(ObjectStore("s3://records/x", patience_s=0.1), "heavy")

    with pytest.raises(TransientError, match="the store s3://records/x does not answer"):
        elsewhere._handed_out(handed.each, handed.home, crew, Workers(crew.store))  # type: ignore[arg-type]
