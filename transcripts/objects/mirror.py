"""The record of an archive on a store: pushed by the one machine that loads, pulled into new ones.

    store.json                        the shape of all this
    ledger.json                       the ledger as it was at the last push, with its sha256
    record/<meeting id>/newest.json   see ``bundle``

The store holds the newest run of each meeting and nothing earlier, so that what is redacted in the
archive is gone from the store with the next push; what was purged is taken out of it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matters_arising.errors import BadInputError, MattersArisingError, NewerSchemaError, StoreError
from transcripts.home import bring_forward
from transcripts.keeping import keeping
from transcripts.ledger import LEDGER_NAME, Ledger
from transcripts.objects.bundle import (
    FORMAT,
    Pointer,
    faults,
    parsed,
    pointer_of,
    pull,
    push,
    read_pointer,
)
from transcripts.objects.jobs import sweep, take_back_all
from transcripts.objects.store import ObjectStore, sha256
from transcripts.record import Record
from transcripts.whole import write_whole

logger = logging.getLogger(__name__)

MARK, LEDGER, RECORD, NEWEST = "store.json", "ledger.json", "record", "newest.json"
PULLING = ".pulling"  # a file as long as a home folder is not wholly pulled


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did, meeting ids; ``faults`` are sentences about meetings that stayed behind."""

    put: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    ledger_lines: int = 0


def place(meeting_id: str) -> str:
    """Where a meeting lies on a store."""
    return f"{RECORD}/{meeting_id}"


def mark(store: ObjectStore) -> None:
    """Checks that a store can be used, and says on it what shape it has."""
    store.check()
    data = store.get(MARK)
    if data is None:
        store.put(MARK, json.dumps({"format": FORMAT}).encode())
        return
    try:
        found = int(json.loads(data)["format"])
    except (ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"{store.address}/{MARK} is none of this program's: name a prefix of its own"
        ) from fault
    if found > FORMAT:
        raise NewerSchemaError(
            f"{store.address} was written by a newer version of this program: update it"
        )


def push_all(
    home: Path, store: ObjectStore, *, only: Sequence[str] | None = None, check: bool = False
) -> Pushed:
    """Brings the store to what the record holds; a fault of one meeting stops no other.

    1 the meetings, each its versions and then its pointer, 2 takes out what was purged, 3 the
    ledger. ``check``: nothing on the store is believed, every version is read and compared.
    """
    mark(store)
    _check_same_archive(home, store)
    record = Record(home)
    ids = record.meeting_ids()
    if only is not None:
        there = set(ids)
        ids = [m for m in only if m in there]
    before = {} if check else pointers(store, ids)
    put: list[str] = []
    same: list[str] = []
    wrong: list[str] = []
    for meeting_id in ids:
        try:
            pushed = push_one(store, record, meeting_id, before.get(meeting_id))
            (put if pushed else same).append(meeting_id)
        except MattersArisingError as fault:
            wrong.append(f"{meeting_id}: {fault}")
        except OSError as fault:  # redacted or purged meanwhile; the next push has it
            wrong.append(f"{meeting_id}: {fault.filename} cannot be read ({fault.strerror})")
    gone = [m for m, kept in keeping(Ledger(home).standing()).items() if kept.purged]
    there = set(record.meeting_ids())  # as it is now: a meeting may be purged meanwhile
    taken = [m for m in gone if m not in there and drop(store, m)]
    sweep(store, lambda meeting_id: _kept_as(record, meeting_id))
    lines = _push_ledger(home, store)
    return Pushed(tuple(put), tuple(same), tuple(taken), tuple(wrong), lines)


def _kept_as(record: Record, meeting_id: str) -> str:
    """The key of the newest run of a meeting; empty where there is none that can be read."""
    try:
        return record.run_key(meeting_id)
    except (MattersArisingError, OSError):
        return ""  # told where it is pushed


def push_one(
    store: ObjectStore, record: Record, meeting_id: str, before: Pointer | None = None
) -> bool:
    """One meeting; gives whether anything was new. What it does not need any more is taken out."""
    now = pointer_of(record, meeting_id)
    if before == now:
        return False
    folder = place(meeting_id)
    push(store, folder, record, meeting_id, now, last=f"{folder}/{NEWEST}", before=before)
    needed = {f"{folder}/{name}" for name in (*now.sums, NEWEST)}
    store.remove([name for name in store.names(folder) if name not in needed])
    return True


def drop(store: ObjectStore, meeting_id: str) -> int:
    """Takes a meeting out, its pointer first: half of it is none; and jobs and inputs of it.

    Gives how many things went.
    """
    folder = place(meeting_id)
    store.remove([f"{folder}/{NEWEST}"])
    return store.remove_all(folder) + take_back_all(store, meeting_id)


def pointers(store: ObjectStore, ids: Sequence[str]) -> dict[str, Pointer]:
    """The pointers of these meetings that are there and can be read."""
    found = {}
    names = {f"{place(m)}/{NEWEST}": m for m in ids}
    for name, data in store.get_many(list(names)).items():
        try:
            found[names[name]] = parsed(store, name, data)
        except StoreError as fault:  # put anew
            logger.warning("%s", fault)
    return found


def held(store: ObjectStore) -> dict[str, int]:
    """Meeting id → bytes of every meeting on a store."""
    sizes: dict[str, int] = {}
    whole = set()
    for name, size in store.names(RECORD).items():
        meeting_id = name.split("/")[1]
        sizes[meeting_id] = sizes.get(meeting_id, 0) + size
        whole |= {meeting_id} if name.endswith(f"/{NEWEST}") else set()
    return {m: sizes[m] for m in sorted(whole)}


def check_all(store: ObjectStore) -> list[str]:
    """What on a store is not what was written, one sentence each; every object is read."""
    store.check()
    found = []
    for meeting_id in held(store):
        try:
            pointer = read_pointer(store, f"{place(meeting_id)}/{NEWEST}")
            found += faults(store, place(meeting_id), pointer)
        except StoreError as fault:
            found.append(str(fault))
    try:
        _ledger_on(store)
    except StoreError as fault:
        found.append(str(fault))
    return found


def pull_all(home: Path, store: ObjectStore) -> list[str]:
    """Makes the record and ledger of a home folder that has none of what the store holds.

    BadInputError where the folder has a record or ledger: two archives are never mixed. A pull that
    was cut short goes on.
    """
    begun = home / PULLING
    if not begun.exists() and (Record(home).meeting_ids() or (home / LEDGER_NAME).exists()):
        raise BadInputError(
            f"{home} has a record or a ledger of its own: pull into an empty folder, look at it, "
            "and move it into place"
        )
    store.check()
    there = held(store)
    if not there:
        raise BadInputError(f"{store.address} holds no meeting: name the store with MATTERS_STORE")
    home.mkdir(parents=True, exist_ok=True)
    write_whole(begun, store.address.encode())
    text, _ = _ledger_on(store)
    record = Record(home)
    for meeting_id in there:
        pointer = read_pointer(store, f"{place(meeting_id)}/{NEWEST}")
        pull(store, place(meeting_id), pointer, record, meeting_id)
    write_whole(home / LEDGER_NAME, text.encode("utf-8"))
    bring_forward(home)
    begun.unlink()
    return list(there)


def _push_ledger(home: Path, store: ObjectStore) -> int:
    path = home / LEDGER_NAME
    data = path.read_bytes() if path.exists() else b""
    whole = data[: data.rfind(b"\n") + 1]
    now = {"sha256": sha256(whole), "lines": whole.count(b"\n"), "text": whole.decode("utf-8")}
    content = json.dumps(now, ensure_ascii=False).encode()
    if store.get(LEDGER) != content:
        store.put(LEDGER, content)
    return int(whole.count(b"\n"))


def _ledger_on(store: ObjectStore) -> tuple[str, int]:
    data = store.get(LEDGER)
    if data is None:
        return "", 0
    try:
        found = json.loads(data)
        text = str(found["text"])
        if sha256(text.encode("utf-8")) != found["sha256"]:
            raise ValueError("its text is not what was written")
        return text, int(found["lines"])
    except (ValueError, KeyError, TypeError) as fault:
        raise StoreError(
            f"{store.address}/{LEDGER} cannot be read ({fault}): it is put anew by matters store "
            "push from the archive that has the ledger"
        ) from fault


def _check_same_archive(home: Path, store: ObjectStore) -> None:
    """BadInputError where the store's ledger is longer: it is another archive's, or a newer state.

    No line of a ledger is ever taken out, so that an archive only ever has more of them.
    """
    try:
        _, lines = _ledger_on(store)
    except StoreError:
        return  # put anew
    ledger = Ledger(home)
    here = len(ledger.all_lines()) + len(ledger.unreadable())
    if lines > here:
        raise BadInputError(
            f"{store.address} holds a ledger of {lines} lines, and {home} one of {here}: it is the "
            "store of another archive, or of a later state of this one; nothing was put there. "
            "Name another with MATTERS_STORE, or pull that one into an empty folder"
        )
