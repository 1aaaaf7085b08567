"""What one machine hands to another through a store: a meeting to be made, and what was made.

    inputs/<sha256>/<file name>        recordings, captions and logs of microphones
    jobs/<meeting id>/<run key>/
        job.json                       the meeting, the engines to use, what to leave out
        claim-<n>.json                 who is at it (see ``turns``)
        heard.json                     that all was heard, by a worker that does no more
        made/<version>                 what a worker made, as it lies in the record
        done.json                      that it is whole (see ``bundle``), or why it cannot be made

A job is taken out, with its inputs and what was ``heard`` in them, when the machine that loads has
gathered it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from matters_arising.errors import BadInputError, NewerSchemaError, StoreError
from transcripts.keeping import Redaction
from transcripts.meeting import Engine, Meeting, Recording
from transcripts.objects import heard
from transcripts.objects.store import ObjectStore, is_plain
from transcripts.objects.turns import LEASE_S
from transcripts.whole import sha256_of

FORMAT = 1
JOBS, INPUTS = "jobs", "inputs"
JOB, DONE, MADE, ALL_HEARD = "job.json", "done.json", "made", "heard.json"


@dataclass(frozen=True, slots=True)
class Input:
    """A file of a meeting: its content's sha256, and the name that tells its kind."""

    sha256: str
    name: str

    @property
    def place(self) -> str:
        """Where it lies, on a store and in the home of a worker."""
        return f"{INPUTS}/{self.sha256}/{self.name}"


@dataclass(frozen=True, slots=True)
class Job:
    """A meeting to be made. Its recordings name inputs by their place on the store.

    ``speech`` and what follows choose the engines; ``engines`` are those that must come of it.
    """

    meeting: Meeting
    key: str
    inputs: tuple[Input, ...]
    speech: str
    engines: tuple[Engine, ...]
    speech_model: str = ""
    language: str = "en"
    repairs_names: bool = True
    redactions: tuple[Redaction, ...] = ()
    lease_s: float = LEASE_S
    format: int = FORMAT


def folder_of(meeting_id: str, key: str) -> str:
    """Where a job lies."""
    return f"{JOBS}/{meeting_id}/{key}"


def files_of(meeting: Meeting) -> dict[Path, Input]:
    """The files that a meeting stands on and that are there, with what they are known by."""
    named = [(r.path, r.captions, r.seat_log) for r in meeting.recordings]
    paths = [Path(p) for of in named for p in of if p]
    return {path: Input(sha256_of(path), path.name) for path in paths if path.is_file()}


def moved(meeting: Meeting, places: Mapping[Path, str]) -> Meeting:
    """The meeting with its files elsewhere; those that have no place there stay as they are."""

    def at(recording: Recording) -> Recording:
        def place(path: str) -> str:
            return places.get(Path(path), path) if path else ""

        return replace(
            recording,
            path=place(recording.path),
            captions=place(recording.captions),
            seat_log=place(recording.seat_log),
        )

    return replace(meeting, recordings=tuple(map(at, meeting.recordings)))


def hand_out(store: ObjectStore, job: Job, files: Mapping[Path, Input]) -> None:
    """Puts the files that are not there, then the job; what failed before is forgotten."""
    for path, each in files.items():
        if store.names(f"{INPUTS}/{each.sha256}").get(each.place) != path.stat().st_size:
            store.put_file(each.place, path)
    folder = folder_of(job.meeting.id, job.key)
    store.put(f"{folder}/{JOB}", TypeAdapter(Job).dump_json(job, indent=1))


def read_job(store: ObjectStore, meeting_id: str, key: str) -> Job | None:
    """A job as it was handed out; None where it was gathered, or taken back."""
    name = f"{folder_of(meeting_id, key)}/{JOB}"
    data = store.get(name)
    if data is None:
        return None
    try:
        job = TypeAdapter(Job).validate_json(data)
    except ValidationError as fault:
        why = str(fault).splitlines()[0]
        raise BadInputError(f"{store.address}/{name} cannot be read ({why})") from fault
    if job.format > FORMAT:
        raise NewerSchemaError(
            f"{store.address}/{name} was handed out by a newer version of this program: update it "
            "on this machine"
        )
    return job


def fetched(store: ObjectStore, job: Job, home: Path) -> Meeting:
    """The meeting with its files in a worker's home; BadInputError where one is not what it was.

    That is of the meeting: whoever fetches it finds the same.
    """
    places = {}
    for each in job.inputs:
        path = home / INPUTS / _plain(each.sha256) / _plain(each.name)
        if not path.is_file() or sha256_of(path) != each.sha256:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = path.with_name(f".{path.name}")
            there = store.get_file(each.place, aside)
            if not there or sha256_of(aside) != each.sha256:
                aside.unlink(missing_ok=True)
                what = "is not what was handed over" if there else "is gone"
                raise BadInputError(
                    f"{store.address}/{each.place} {what}: process the meeting again"
                )
            aside.replace(path)
        places[Path(each.place)] = str(path)
    return moved(job.meeting, places)


def take_back(store: ObjectStore, meeting_id: str, key: str) -> None:
    """Takes a job out with what was made for it, and its inputs where no other job has them."""
    folder = folder_of(meeting_id, key)
    try:
        job = read_job(store, meeting_id, key)
        mine = {each.sha256 for each in job.inputs} if job else set()
    except (BadInputError, StoreError):
        mine = set()
    store.remove([f"{folder}/{JOB}"])
    store.remove_all(folder)
    for sha in mine - wanted(store):
        store.remove_all(f"{INPUTS}/{sha}")
        heard.take_out(store, sha)


def take_back_all(store: ObjectStore, meeting_id: str, *, but: str = "") -> int:
    """Takes the jobs of a meeting out, those of another key than ``but``; gives how many."""
    keys = {name.split("/")[2] for name in store.names(f"{JOBS}/{meeting_id}")} - {but}
    for key in keys:
        take_back(store, meeting_id, key)
    return len(keys)


def sweep(store: ObjectStore, kept_as: Callable[[str], str] = lambda _: "") -> int:
    """Takes out what late workers put for jobs that were gathered or taken back meanwhile.

    And the jobs of which the record holds what was asked for, as where a batch was killed before it
    took them back. ``kept_as`` gives the key of the newest run of a meeting.
    """
    spoken = {name.split("/")[1] for name in store.names(heard.FOLDER)}
    names = store.names(JOBS)
    folders = {(of[1], of[2]) for name in names if len(of := name.split("/")) > 2}
    left = [f for f in folders if f"{folder_of(*f)}/{JOB}" not in names or kept_as(f[0]) == f[1]]
    for meeting_id, key in left:
        take_back(store, meeting_id, key)
    still = {sha[: heard.KEPT] for sha in wanted(store)} if spoken else set()
    return len(left) + sum(heard.take_out(store, sha) > 0 for sha in spoken - still)


def wanted(store: ObjectStore, names: Iterable[str] | None = None) -> set[str]:
    """The inputs, by sha256, of every job that is there."""
    names = store.names(JOBS) if names is None else names
    jobs = store.get_many([n for n in names if n.endswith(f"/{JOB}")])
    found = set()
    for data in jobs.values():
        try:
            found |= {each.sha256 for each in TypeAdapter(Job).validate_json(data).inputs}
        except ValidationError:
            continue  # told where it is taken up
    return found


def _plain(name: str) -> str:
    if not is_plain(name):
        raise BadInputError(f"a job names an input '{name}', which is no name of a file")
    return name
