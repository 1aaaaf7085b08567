"""A recognising process that is killed costs its meeting, and no other."""

from __future__ import annotations

import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.recognition import Recognisers
from matters_arising.errors import EngineError

PIECE = [(0.0, 1.0)]


@dataclass(frozen=True)
class Engine:
    """Recognises nothing, or dies of it, as where the memory is full."""

    dies: bool

    def speech_adapter(self) -> Engine:
        if self.dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return self

    def recognise_with_gaps(self, sound: object, piece: object) -> tuple[list[Any], list[Any]]:
        return [], []


def test_the_next_meeting_is_recognised_by_other_processes(tmp_path: Path) -> None:
    sound = tmp_path / "sound.pcm"
    sound.write_bytes(b"\0\0" * 16_000)
    crew = Recognisers(1)
    try:
        with pytest.raises(EngineError, match=r"was killed.*smaller --model, fewer --jobs"):
            crew.recognise(Engine(dies=True), sound, PIECE)  # type: ignore[arg-type]
        assert crew.recognise(Engine(dies=False), sound, PIECE) == ([], [])  # type: ignore[arg-type]
    finally:
        crew.close()
