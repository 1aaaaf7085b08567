"""The sample's meetings with captions from their scripts, and a search for voices on disk."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from transcripts.sound import PcmSound, decode

ROOT = Path(__file__).resolve().parents[1]
ALDERMERE = ROOT / "samples" / "aldermere"
JUNE, JULY = "aldermere-scsc-2026-06-11", "aldermere-scsc-2026-07-16"
PENROSE, MALIK = "Councillor Helen Penrose", "Councillor Sanjay Malik"
FLETCHER, LAMBERT = "Councillor Joan Fletcher", "Councillor Martin Lambert"


def true_turns(meeting_id: str) -> list[tuple[str, float, float, str]]:
    """Speaker, start, end and words of every turn of a sample meeting."""
    path = ALDERMERE / meeting_id[-10:] / "truth.json"
    turns = json.loads(path.read_text(encoding="utf-8"))["turns"]
    return [(t["speaker"], t["start_s"], t["end_s"], t["text"]) for t in turns]


def sample_meeting(folder: Path, meeting_id: str, *, tells_names: bool = True) -> Path:
    """A sample meeting with its sound, and its script as captions that mark no speaker.

    Without ``tells_names`` as many other words stand in their place, and name nobody.
    """
    made = folder / meeting_id
    made.mkdir(parents=True)
    source = ALDERMERE / meeting_id[-10:]
    shutil.copy(source / "recording.opus", made / "recording.opus")
    shutil.copy(ALDERMERE / "roster.csv", made / "roster.csv")
    text = (source / "meeting.toml").read_text(encoding="utf-8")
    text = text.replace("../roster.csv", "roster.csv").replace('captions = "captions.vtt"', "")
    (made / "meeting.toml").write_text(f'{text}\ncaptions = "captions.vtt"\n', encoding="utf-8")
    (made / "captions.vtt").write_text(_captions(meeting_id, tells_names), encoding="utf-8")
    return made


def _captions(meeting_id: str, tells_names: bool) -> str:
    others = cycle("lamps of brass are seen where rain falls over seven old wet stones".split())
    cues = ["WEBVTT"]
    for _, start, end, words in true_turns(meeting_id):
        said = words if tells_names else " ".join(next(others) for _ in words.split())
        cues.append(f"{_clock(start)} --> {_clock(end)}\n{said}")
    return "\n\n".join(cues) + "\n"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes):02d}:{rest:06.3f}"


BINARY = 12  # forms that are not text
RUN = 8  # neighbouring numbers looked for


def traces(vector: NDArray[np.float32]) -> Iterator[bytes]:
    """What a file that held a voice would hold: a run of its numbers, as any would write them.

    As float64, float32, float16, each plain and in base64 at each of its phases; then four of the
    numbers as text.
    """
    starts = range(len(vector) - RUN)
    at = max(starts, key=lambda n: int((np.abs(vector[n : n + RUN]) > 1e-3).sum()))
    for kind in ("<f8", "<f4", "<f2"):
        raw = vector[at : at + RUN].astype(kind).tobytes()
        yield raw
        for phase in range(3):
            # the first and last characters also depend on the neighbours
            yield base64.b64encode(bytes(phase) + raw)[4:-4]
    for number in np.sort(vector)[:-5:-1]:
        yield f"{number:.9f}"[1:7].encode()  # as JSON and CSV have it, however many digits follow


def found_in(home: Path, vectors: Sequence[NDArray[np.float32]]) -> set[str]:
    """The files under a folder that hold one of the voices, by their path from it.

    A decimal number of five digits may stand anywhere, so of text all four must be there.
    """
    found = set()
    for path in (p for p in home.rglob("*") if p.is_file()):
        data = path.read_bytes()
        for vector in vectors:
            every = list(traces(vector))
            written = any(t in data for t in every[:BINARY])
            if written or all(t in data for t in every[BINARY:]):
                found.add(str(path.relative_to(home)))
    return found


def decoded(folder: Path, meeting_id: str) -> PcmSound:
    """The sound of a sample meeting."""
    pcm = folder / f"{meeting_id}.pcm"
    return PcmSound(decode(ALDERMERE / meeting_id[-10:] / "recording.opus", pcm).path)
