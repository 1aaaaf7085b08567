"""Meetings as bad diarisation leaves them: turns given to a wrong voice, two voices as one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

SEED = 1


def disturb(
    told: Mapping[str, Any], *, wrong_turns: float = 0.0, merged: bool = False, seed: int = SEED
) -> dict[str, Any]:
    """The meeting with a share of turns moved to another voice, and two voices made one.

    Each turn keeps whose it is: ``speaker`` is the voice that spoke it, ``moved`` says that it was
    given to another. The same meeting and seed are always disturbed in the same way.
    """
    chance = random.Random(f"{told['meeting_id']}:{seed}")  # noqa: S311
    turns = [{**t, "speaker": t["cluster"], "moved": False} for t in told["turns"]]
    voices = sorted({t["cluster"] for t in turns})
    if merged and len(voices) > 1:
        one, other = chance.sample(voices, 2)
        turns = [{**t, "cluster": one if t["cluster"] == other else t["cluster"]} for t in turns]
        voices.remove(other)
    for i in chance.sample(range(len(turns)), round(wrong_turns * len(turns))):
        others = [v for v in voices if v != turns[i]["cluster"]]
        if others:
            turns[i] = {**turns[i], "cluster": chance.choice(others), "moved": True}
    return {**told, "turns": turns}
