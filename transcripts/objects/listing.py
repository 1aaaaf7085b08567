"""What lies on a store, for people: meetings of the record, and jobs with who is at them."""

from __future__ import annotations

from transcripts.objects.bundle import read_pointer
from transcripts.objects.jobs import ALL_HEARD, DONE, JOB, JOBS
from transcripts.objects.mirror import held
from transcripts.objects.store import ObjectStore
from transcripts.objects.turns import newest


def listed(store: ObjectStore) -> list[dict[str, object]]:
    """One row a meeting of the record, then one a job."""
    store.check()
    rows: list[dict[str, object]] = [
        {"meeting_id": meeting_id, "what": "record", "bytes": size, "by": ""}
        for meeting_id, size in held(store).items()
    ]
    names = store.names(JOBS)
    for name in sorted(n for n in names if n.endswith(f"/{JOB}")):
        folder = name.rpartition("/")[0]
        size = sum(s for n, s in names.items() if n.startswith(f"{folder}/"))
        what, by = _state(store, folder, names)
        rows.append({"meeting_id": folder.split("/")[1], "what": what, "bytes": size, "by": by})
    return rows


def _state(store: ObjectStore, folder: str, names: dict[str, int]) -> tuple[str, str]:
    if f"{folder}/{DONE}" in names:
        pointer = read_pointer(store, f"{folder}/{DONE}")
        return ("could not be made" if pointer.failed else "to be gathered"), pointer.by
    claim = newest(store, folder, names)
    if claim.number:
        return "at work", claim.holder
    heard = f"{folder}/{ALL_HEARD}" in names
    return ("recognised, waiting for the rest" if heard else "waiting for a worker"), ""
