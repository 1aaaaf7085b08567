"""A meeting of the record on a store: versions first, then one object that names them all.

    <folder>/<pointer>.json            the small files that change, whole, and the sha256 of every
                                       version that belongs to the meeting as it is now
    <folder>/transcript-<hash>.json    versions, as they lie in the record

The pointer is the only object that is ever replaced. Whoever is killed before it is written leaves
versions that nobody asks for; whoever reads it finds every version that it names, or says which is
damaged.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import TypeAdapter, ValidationError

from matters_arising.errors import NewerSchemaError, StoreError
from transcripts.objects.store import ObjectStore, is_plain, sha256
from transcripts.record import Record
from transcripts.record import sums as written
from transcripts.whole import sha256_of, write_whole

logger = logging.getLogger(__name__)

FORMAT = 1
SMALL = ("meeting.json", "minutes.json", "current.json")  # in the order in which they are written


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a meeting consists of. ``small`` is name → text, ``sums`` is version → sha256.

    ``told`` and ``by`` say what went wrong on the way and which machine made it; ``failed`` is the
    sentence of a worker that could not make it, and then there is nothing else.
    """

    format: int = FORMAT
    small: Mapping[str, str] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()
    by: str = ""
    failed: str = ""


def pointer_of(record: Record, meeting_id: str) -> Pointer:
    """What the newest run and minutes of a meeting consist of, as its folder has it now."""
    folder = record.folder / meeting_id
    needed = sorted(record.files_of(meeting_id))
    small = {n: (folder / n).read_text(encoding="utf-8") for n in SMALL if n in needed}
    known = written(folder)
    shas = {n: known.get(n) or sha256_of(folder / n) for n in needed if n not in small}
    return Pointer(small=small, sums=shas)


def push(
    store: ObjectStore, folder: str, record: Record, meeting_id: str, pointer: Pointer,
    *, last: str, before: Pointer | None = None,
) -> int:  # fmt: skip
    """Puts what is not there yet, then the pointer as ``last``; gives how many versions were put.

    ``before`` is the pointer that is there: what it names is known to be whole. Of other objects,
    as a push that was cut short left them, the content is read and compared.
    """
    there = store.names(folder)
    put = 0
    for name, sha in pointer.sums.items():
        path, target = record.folder / meeting_id / name, f"{folder}/{name}"
        if there.get(target) == path.stat().st_size:
            known = before is not None and before.sums.get(name) == sha
            if known or sha256(store.get(target) or b"") == sha:
                continue
        if sha256_of(path) != sha:  # a damaged version never takes the place of a good copy
            raise StoreError(f"{path} is not what was written: matters doctor --deep says more")
        store.put_file(target, path)
        put += 1
    store.put(last, dumped(pointer))
    return put


def pull(store: ObjectStore, folder: str, pointer: Pointer, record: Record, meeting_id: str) -> int:
    """Takes into a record what it lacks of a meeting; gives how many versions were fetched.

    Every version is hashed before it is there under its name: StoreError names one that is not
    what was written, and then the meeting is as it was before.
    """
    target = record.folder / meeting_id
    target.mkdir(parents=True, exist_ok=True)
    fetched = 0
    for name, sha in pointer.sums.items():
        path = target / _plain(store, name)
        if path.is_file() and sha256_of(path) == sha:
            continue
        write_whole(path, _checked(store, f"{folder}/{name}", sha))
        fetched += 1
    record.note_sums(meeting_id)
    for name in SMALL:
        if name in pointer.small:
            write_whole(target / name, pointer.small[name].encode("utf-8"))
    return fetched


def faults(store: ObjectStore, folder: str, pointer: Pointer) -> list[str]:
    """What of a meeting on the store is not what was written, one sentence each."""
    found = []
    for name, sha in pointer.sums.items():
        try:
            _checked(store, f"{folder}/{name}", sha)
        except StoreError as fault:
            found.append(str(fault))
    return found


def read_pointer(store: ObjectStore, name: str) -> Pointer:
    """A pointer; StoreError where it is gone or cannot be read."""
    return parsed(store, name, store.get(name) or b"")


def parsed(store: ObjectStore, name: str, data: bytes) -> Pointer:
    """The pointer that an object holds."""
    try:
        found = TypeAdapter(Pointer).validate_json(data)
    except ValidationError as fault:
        raise StoreError(
            f"{store.address}/{name} cannot be read ({str(fault).splitlines()[0]}): it is put anew "
            "by matters store push, or by processing the meeting again"
        ) from fault
    if found.format > FORMAT:
        raise NewerSchemaError(
            f"{store.address}/{name} was written by a newer version of this program: update it"
        )
    return found


def dumped(pointer: Pointer) -> bytes:
    """A pointer as its object holds it."""
    return bytes(TypeAdapter(Pointer).dump_json(pointer, indent=1))


def _checked(store: ObjectStore, name: str, sha: str) -> bytes:
    data = store.get(name)
    if data is not None and sha256(data) == sha:
        return data
    what = "is gone" if data is None else "is not what was written"
    raise StoreError(
        f"{store.address}/{name} {what}, and was not taken: put it anew from the archive that has "
        "it (matters store push --check), or process the meeting again"
    )


def _plain(store: ObjectStore, name: str) -> str:
    if not is_plain(name):
        raise StoreError(f"{store.address} names a version '{name}', which is no name of one")
    return name
