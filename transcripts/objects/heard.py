"""What was heard in a recording, stage by stage, on a store: who takes it next goes on from there.

    heard/<first letters of its sha256>/<stage>-<hash>.json

The hash is of all that the stage depends on (see decision 0003), so that what another engine or
another setting would give has another name. The first line is the sha256 of the rest.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from transcripts.objects.store import ObjectStore, sha256
from transcripts.processed import Gap
from transcripts.sound import Decoded
from transcripts.words import Segment, Turn

logger = logging.getLogger(__name__)

FOLDER = "heard"
KEPT = 32  # letters of a hash that name the folder of a recording's results
# the stages that cost minutes or hours, and what each gives
STAGES: Mapping[str, TypeAdapter[Any]] = {
    "decode": TypeAdapter(Decoded),
    "regions": TypeAdapter(list[tuple[float, float]]),
    "turns": TypeAdapter(list[Turn]),
    "piece": TypeAdapter(tuple[list[Segment], list[Gap]]),
}
KEY = re.compile(rf"[0-9a-z]+/({'|'.join(STAGES)})-[0-9a-f]+")  # nothing that leads elsewhere


def place(key: str) -> str:
    """Where the result of a stage lies; ``key`` is ``<recording>/<stage>-<hash>``."""
    return f"{FOLDER}/{key}.json"


def is_handed_in(key: str) -> bool:
    """Whether the result of this stage is worth a store."""
    return KEY.fullmatch(key) is not None


def put(store: ObjectStore, key: str, value: Any) -> None:
    """Hands in what a stage gave."""
    if isinstance(value, Decoded):  # where it lies on this machine is nobody's business
        value = replace(value, path=Path(value.path.name))
    text = _stage(key).dump_json(value)
    store.put(place(key), sha256(text).encode() + b"\n" + text)


def read(store: ObjectStore, sha: str, but: Collection[str] = ()) -> dict[str, Any]:
    """Key → result of every stage of a recording that was handed in, without those of ``but``.

    What is damaged is left out, and told in the log: it is made again.
    """
    names = {name: key for name in store.names(_folder(sha)) if (key := _key(name)) not in but}
    found = {}
    for name, data in store.get_many([n for n, key in names.items() if is_handed_in(key)]).items():
        told, _, text = data.partition(b"\n")
        try:
            if sha256(text).encode() != told:
                raise ValueError("it is not what was written")
            found[names[name]] = _stage(names[name]).validate_json(text)
        except (ValueError, ValidationError) as fault:
            why = str(fault).splitlines()[0]
            logger.warning("%s/%s is made again: %s", store.address, name, why)
    return found


def missing(store: ObjectStore, keys: Collection[str], sha: str) -> list[str]:
    """Which of a recording's results are not there."""
    there = {_key(name) for name in store.names(_folder(sha))}
    return [key for key in keys if is_handed_in(key) and key not in there]


def take_out(store: ObjectStore, sha: str) -> int:
    """Takes all that was heard in a recording off the store; gives how many objects that were."""
    return store.remove_all(_folder(sha))


def _folder(sha: str) -> str:
    return f"{FOLDER}/{sha[:KEPT]}"


def _key(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/").removesuffix(".json")


def _stage(key: str) -> TypeAdapter[Any]:
    return STAGES[key.rpartition("/")[2].partition("-")[0]]
