"""Who spoke when, measured: clips with speaker turns (RTTM) in, diarisation error out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from matters_arising.errors import BadInputError
from transcripts.sound import PcmSound, decode
from transcripts.words import Turn

NAME = "speech"
COLLAR_S = 0.0  # nothing around a change of speaker is forgiven
PARTS = {"false_alarm": "false alarm", "missed": "missed detection", "confusion": "confusion"}

Predictions = dict[str, list[Turn]]


def predict(folder: Path) -> Predictions:
    """Turns of every ``*.wav`` in ``folder``, found by the embedded engine."""
    # Both load weights, which takes seconds.
    from models.regions import SileroRegions
    from models.turns import EmbeddedTurns

    clips = sorted(folder.glob("*.wav"))
    if not clips:
        raise BadInputError(f"no clip in {folder} (it needs *.wav)")
    regions, turns = SileroRegions(), EmbeddedTurns()
    made: Predictions = {}
    with TemporaryDirectory() as folder_of_sound:
        for clip in clips:
            sound = PcmSound(decode(clip, Path(folder_of_sound) / "clip.pcm").path)
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
