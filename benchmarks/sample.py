"""Claim: on the sample council the embedded engines hear, tell apart, name and find well enough.

    python benchmarks/sample.py [HOME]

Processes ``samples/aldermere`` (in HOME, else in a temporary folder) and compares each transcript
with what was really said: word error rate (jiwer), diarisation error rate (pyannote.metrics,
collar 0.25 s), words under a right and under a wrong name, and agreed recommendations found.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from transcripts.processed import ProcessedTranscript, Transcript
from transcripts.record import Record

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "aldermere"
COLLAR_S = 0.25
TITLES = {"mister": "mr", "mr.": "mr"}


def measure(home: Path) -> list[dict[str, Any]]:
    """A row of figures for each transcript of each sample meeting in the archive."""
    record = Record(home)
    rows = []
    for folder in sorted(p.parent for p in SAMPLES.glob("*/truth.json")):
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        processed = record.read(truth["meeting_id"])
        for part in processed.transcripts:
            rows.append(_row(part, truth, folder / "truth.rttm"))
    return rows


def _row(part: ProcessedTranscript, truth: dict[str, Any], rttm: Path) -> dict[str, Any]:
    transcript = part.transcript
    named = named_words(transcript, truth)
    found, agreed = recommendations_found(part, truth)
    return {
        "meeting": transcript.meeting_id,
        "source": transcript.source,
        "preferred": part.preferred,
        "word_error": round(word_error(transcript, truth), 4),
        **{k: round(v, 4) for k, v in diarisation_error(transcript, rttm).items()},
        "voices": len({t.voice for t in transcript.turns}),
        "true_voices": len({t["speaker"] for t in truth["turns"]}),
        "words": sum(named.values()),
        "named_right": round(named["right"] / sum(named.values()), 4),
        "named_wrong": named["wrong"],
        "agreed_recommendations": agreed,
        "agreed_found": found,
    }


def word_error(transcript: Transcript, truth: dict[str, Any]) -> float:
    """Word error rate over the whole meeting, after lower-casing and dropping punctuation."""
    import jiwer

    said = " ".join(plain(t["text"]) for t in sorted(truth["turns"], key=lambda t: t["start_s"]))
    heard = " ".join(plain(u.text) for u in transcript.utterances)
    return float(jiwer.wer(said, heard))


def plain(text: str) -> str:
    """Words alone, in lower case, without apostrophes."""
    words = re.findall(r"[\w]+", text.lower().replace("'", "").replace("’", ""))
    return " ".join(TITLES.get(w, w) for w in words)


def diarisation_error(transcript: Transcript, rttm: Path) -> dict[str, float]:
    """DER and its parts as shares of the speech in the truth."""
    from pyannote.core import Annotation, Segment
    from pyannote.metrics.diarization import DiarizationErrorRate

    true, told = Annotation(), Annotation()
    for line in rttm.read_text().splitlines():
        cells = line.split()
        start, length = float(cells[3]), float(cells[4])
        true[Segment(start, start + length), len(true)] = cells[7]
    for turn in transcript.turns:
        told[Segment(turn.start_s, turn.end_s), len(told)] = turn.voice
    got = DiarizationErrorRate(collar=2 * COLLAR_S)(true, told, detailed=True)
    total = got["total"] or 1.0
    return {
        "diarisation_error": float(got["diarization error rate"]),
        "confusion": got["confusion"] / total,
        "missed": got["missed detection"] / total,
        "false_alarm": got["false alarm"] / total,
    }


def named_words(transcript: Transcript, truth: dict[str, Any]) -> Counter[str]:
    """Words under a right name, a wrong name and no name, by who spoke at that second."""
    names = {a.voice: a.name for a in transcript.attributions}
    labels = {a.voice: a.label for a in transcript.attributions}
    counts: Counter[str] = Counter(right=0, wrong=0, none=0)
    owner = _owners(transcript, truth)
    for utterance in transcript.utterances:
        voice = utterance.voice
        name = names.get(voice) or labels.get(voice, "")
        known = bool(names.get(voice)) or name.startswith("Member of the public")
        if not known:
            counts["none"] += len(utterance.words)
        else:
            counts["right" if owner.get(voice) == name else "wrong"] += len(utterance.words)
    return counts


def _owners(transcript: Transcript, truth: dict[str, Any]) -> dict[str, str]:
    """Who each voice mostly is, by seconds shared with the true turns."""
    shared: dict[str, Counter[str]] = {}
    for utterance in transcript.utterances:
        for turn in truth["turns"]:
            seconds = min(turn["end_s"], utterance.end_s) - max(turn["start_s"], utterance.start_s)
            if seconds > 0:
                shared.setdefault(utterance.voice, Counter())[turn["speaker"]] += seconds
    return {voice: count.most_common(1)[0][0] for voice, count in shared.items()}


def recommendations_found(part: ProcessedTranscript, truth: dict[str, Any]) -> tuple[int, int]:
    """How many agreed recommendations are in the register: agreed, at that place, in such words."""
    turns = {t["i"]: t for t in truth["turns"]}
    wanted = [r for r in truth["recommendations"] if r["agreed"]]
    return sum(_is_found(part, r, [turns[i] for i in r["turns"]]) for r in wanted), len(wanted)


def _is_found(
    part: ProcessedTranscript, wanted: dict[str, Any], turns: Sequence[dict[str, Any]]
) -> bool:
    words = set(plain(wanted["text"]).split())
    for motion in part.findings.motions:
        near = any(
            a.start_s < t["end_s"] + 2 and a.end_s > t["start_s"]
            for a in motion.acts
            for t in turns
        )
        said = set(plain(" ".join([motion.wording, *(a.quote for a in motion.acts)])).split())
        if motion.outcome == "agreed" and near and len(words & said) >= len(words) / 2:
            return True
    return False


def main() -> None:
    """Processes the sample where it is not yet, measures, prints a JSON line a transcript."""
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        command = [Path(sys.executable).with_name("matters"), "--home", home, "process", SAMPLES]
        subprocess.run([*map(str, command), "--engine", "sphinx"], check=True)
        for row in measure(home):
            print(json.dumps(row))


if __name__ == "__main__":
    main()
