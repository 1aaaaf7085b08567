"""Who spoke when, by pyannote.audio, where it is installed and its pipeline's files are here.

The pipeline hears overlapping voices, which the embedded engine does not. It needs the whole sound
in memory (230 MB an hour). Written to the interface of pyannote.audio 4 (and 3.1, whose answer is
the annotation itself) as its documentation describes it; the files of the pipeline are given out
only to those who accept their conditions, so it has been run here against a stand-in, never
against the real weights.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from models.protocols import SAMPLE_RATE, SoundSource
from transcripts.meeting import Engine
from transcripts.whole import sha256_of
from transcripts.words import Turn

PIPELINE = "speaker-diarization-community-1"
REPOSITORY = f"pyannote/{PIPELINE}"
CONFIG = "config.yaml"


class PyannoteTurns:
    """Turns by a pipeline of pyannote.audio; they may overlap."""

    def __init__(self, place: Path, load: Callable[[Path], Any] | None = None) -> None:
        self.engine = pyannote_engine(place)
        self._pipeline = (load or _load)(place)

    def find(self, sound: SoundSource, regions: Sequence[tuple[float, float]]) -> list[Turn]:
        """Turns in time order, voices ``V1``, ``V2``, … in order of first speech.

        The pipeline finds speech by itself: ``regions`` only tell whether there is any.
        """
        if not regions:
            return []
        import torch

        waveform = torch.from_numpy(sound.read(0.0, sound.duration_s)).unsqueeze(0)
        answer = self._pipeline({"waveform": waveform, "sample_rate": SAMPLE_RATE})
        annotation = getattr(answer, "speaker_diarization", answer)
        said = ((s.start, s.end, str(who)) for s, _, who in annotation.itertracks(yield_label=True))
        return numbered(said)


def numbered(said: Iterable[tuple[float, float, str]]) -> list[Turn]:
    """Start, end and label of each turn as turns in time order, their voices numbered."""
    names: dict[str, str] = {}
    turns = []
    for start, end, who in sorted(said):
        if end > start:
            voice = names.setdefault(who, f"V{len(names) + 1}")
            turns.append(Turn(voice, float(start), float(end)))
    return turns


def find_pyannote(folder: Path | None = None) -> Path | None:
    """The folder of the pipeline's files: in ``folder``, or in the hub's cache; None without."""
    if not installed():
        return None
    own = folder / PIPELINE if folder else None
    if own and (own / CONFIG).is_file():
        return own
    if find_spec("huggingface_hub") is None:
        return None
    from huggingface_hub import try_to_load_from_cache  # a second of import, seldom needed

    file = try_to_load_from_cache(REPOSITORY, CONFIG)
    return Path(file).parent if isinstance(file, str) else None


def installed() -> bool:
    """Whether pyannote.audio is installed; its siblings alone are not enough."""
    return find_spec("pyannote") is not None and find_spec("pyannote.audio") is not None


def how_to_get(folder: Path | None = None) -> str:
    """What would bring this engine here, in one line."""
    if not installed():
        return "pip install pyannote.audio"
    where = f" --local-dir {folder / PIPELINE}" if folder else ""
    return f"accept the conditions on its page, then: hf download {REPOSITORY}{where}"


def pyannote_engine(place: Path) -> Engine:
    """What it is, told without loading it: the hash is of all files of the pipeline."""
    try:
        release = version("pyannote.audio")
    except PackageNotFoundError:
        release = ""
    return Engine("turns", "pyannote", release, PIPELINE, _files_sha256(place))


@lru_cache(maxsize=2)
def _files_sha256(place: Path) -> str:
    told = hashlib.sha256()
    for file in sorted(p for p in place.rglob("*") if p.is_file()):
        told.update(f"{file.relative_to(place)} {sha256_of(file)}\n".encode())
    return told.hexdigest()


def _load(place: Path) -> Any:
    from pyannote.audio import Pipeline

    return Pipeline.from_pretrained(place)
