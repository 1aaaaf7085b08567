"""Who spoke when, measured: clips with speaker turns (RTTM) in, diarisation error out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import BadInputError
from transcripts.words import Turn

if TYPE_CHECKING:
    from models.protocols import Sound

NAME = "speech"
COLLAR_S = 0.0  # nothing around a change of speaker is forgiven
PARTS = {"false_alarm": "false alarm", "missed": "missed detection", "confusion": "confusion"}

Predictions = dict[str, list[Turn]]


class _Clip:
    """A short recording held in memory."""

    def __init__(self, samples: Sound, rate: int) -> None:
        self._samples, self._rate = samples, rate

    @property
    def duration_s(self) -> float:
        return len(self._samples) / self._rate

    def read(self, start_s: float, end_s: float) -> Sound:
        return self._samples[round(start_s * self._rate) : round(end_s * self._rate)]


def predict(folder: Path) -> Predictions:
    """Turns of every ``*.wav`` in ``folder``, found by the embedded engine."""
    # Both load weights, which takes seconds.
    from models.regions import SileroRegions
    from models.turns import EmbeddedTurns

    clips = sorted(folder.glob("*.wav"))
    if not clips:
        raise BadInputError(f"no clip in {folder} (it needs *.wav, 16 kHz)")
    regions, turns = SileroRegions(), EmbeddedTurns()
    made: Predictions = {}
    for clip in clips:
        sound = read_wav(clip)
        made[clip.stem] = turns.find(sound, regions.find(sound))
    return made


def score(folder: Path, predictions: Mapping[str, Sequence[Turn]]) -> Any:
    """Diarisation error and its parts over all clips and for each; None without answers."""
    answers = {file.stem: file for file in sorted(folder.glob("*.rttm"))}
    if not answers:
        return None
    # Imports pandas: a second or more, and only needed where there is something to score.
    from pyannote.metrics.diarization import DiarizationErrorRate

    metric = DiarizationErrorRate(collar=2 * COLLAR_S)
    total = dict.fromkeys(("total", *PARTS.values()), 0.0)
    clips: dict[str, dict[str, float]] = {}
    for clip, file in answers.items():
        truth, found = read_rttm(file).get(clip, []), predictions.get(clip, ())
        parts = metric(
            _annotation(truth), _annotation(found), uem=_span(truth, found), detailed=True
        )
        for name in total:
            total[name] += parts[name]
        voices = {"voices": len({t.voice for t in truth}), "found": len({t.voice for t in found})}
        clips[clip] = {**_figures(parts), **voices}
    return {**_figures(total), "clips": clips}


def write(predictions: Mapping[str, Sequence[Turn]], out: Path) -> None:
    """RTTM: all clips in one file, or one file a clip where ``out`` is a folder."""
    if out.is_dir():
        for clip, turns in predictions.items():
            (out / f"{clip}.rttm").write_text(to_rttm(clip, turns), encoding="utf-8")
    else:
        text = "".join(to_rttm(clip, turns) for clip, turns in predictions.items())
        out.write_text(text, encoding="utf-8")


def to_rttm(clip: str, turns: Sequence[Turn]) -> str:
    """One ``SPEAKER`` line a turn; spaces in a voice's name become underscores."""
    return "".join(
        f"SPEAKER {clip} 1 {t.start_s:.3f} {t.length_s:.3f} <NA> <NA> "
        f"{t.voice.replace(' ', '_')} <NA> <NA>\n"
        for t in turns
    )


def read_rttm(file: Path) -> dict[str, list[Turn]]:
    """Turns of each clip of an RTTM file."""
    found: dict[str, list[Turn]] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        parts = line.split()
        if parts and parts[0] == "SPEAKER":
            start = float(parts[3])
            found.setdefault(parts[1], []).append(Turn(parts[7], start, start + float(parts[4])))
    return found


def read_wav(file: Path) -> _Clip:
    """A 16-bit mono clip at 16 kHz as sound in [-1, 1]."""
    import wave

    import numpy as np

    try:
        with wave.open(str(file)) as clip:
            shape = (clip.getnchannels(), clip.getsampwidth(), clip.getframerate())
            raw = clip.readframes(clip.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadInputError(f"{file} cannot be read as WAV: {error}") from error
    if shape != (1, 2, 16_000):
        raise BadInputError(
            f"{file} has {shape[0]} channels of {8 * shape[1]} bits at {shape[2]} Hz; "
            "the benchmark takes mono, 16 bits, 16000 Hz"
        )
    return _Clip(np.frombuffer(raw, np.int16).astype(np.float32) / np.float32(32768), shape[2])


def _annotation(turns: Sequence[Turn]) -> Any:
    from pyannote.core import Annotation, Segment

    made = Annotation()
    for i, turn in enumerate(turns):
        made[Segment(turn.start_s, turn.end_s), i] = turn.voice
    return made


def _span(*several: Sequence[Turn]) -> Any:
    """All that either speaks of, so that nothing is left out and no warning is given."""
    from pyannote.core import Segment, Timeline

    end = max((t.end_s for turns in several for t in turns), default=0.0)
    return Timeline([Segment(0.0, end)])


def _figures(parts: Mapping[str, float]) -> dict[str, float]:
    total = max(parts["total"], 1e-9)
    shares = {name: parts[key] / total for name, key in PARTS.items()}
    return {"speech_s": parts["total"], "error": sum(shares.values()), **shares}
