"""The sample council as an archive, made in seconds: its true words as captions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "aldermere"
JUNE, JULY = "aldermere-scsc-2026-06-11", "aldermere-scsc-2026-07-16"


def make_home(home: Path, *, late_s: float = 0.0) -> Path:
    """Both meetings in ``home``, with their record, as ``matters process`` leaves them.

    ``late_s``: how far the captions run behind the sound.
    """
    from flows.load import load_meeting, tie_threads
    from flows.plan import make_plan
    from models.toolbox import Toolbox
    from transcripts.manifest import read_meeting
    from transcripts.meeting import Recording
    from transcripts.processed import ProcessedMeeting
    from transcripts.record import Record

    tools = Toolbox(speech="captions", offline=True)
    for day in ("2026-06-11", "2026-07-16"):
        captions = home / "in" / f"{day}.vtt"
        captions.parent.mkdir(parents=True, exist_ok=True)
        captions.write_text(_as_captions(SAMPLES / day / "truth.json", late_s), encoding="utf-8")
        meeting = read_meeting(SAMPLES / day / "meeting.toml")
        heard = (Recording(str(SAMPLES / day / "recording.opus"), captions=str(captions)),)
        plan = make_plan(replace(meeting, recordings=heard), tools)
        processed = ProcessedMeeting(plan.meeting, (processed_by(plan),))
        Record(home).save(processed, plan.key)
        load_meeting(home, processed)
    tie_threads(home)
    return home


def processed_by(plan):  # type: ignore[no-untyped-def]  # the flow's steps, without Prefect's server
    from flows import stages
    from flows.heard import Heard, Said
    from transcripts.processed import ProcessedTranscript

    (source,) = plan.sources
    said = Said(tuple(stages.read_caption_file.fn("", source)), ())
    transcript = stages.write_transcript.fn("", plan, source, Heard(), said, Path(), Path())
    vectors = stages.encode_sentences.fn("", plan.tools, transcript)
    findings = stages.find_findings.fn("", plan, transcript, vectors)
    engine = plan.tools.engine("vectors")
    return ProcessedTranscript(transcript, findings, vectors, engine, True)


def _as_captions(truth: Path, late_s: float) -> str:
    """One cue a turn, tagged with who speaks."""
    cues = ["WEBVTT\n"]
    for turn in json.loads(truth.read_text(encoding="utf-8"))["turns"]:
        span = f"{_clock(turn['start_s'] + late_s)} --> {_clock(turn['end_s'] + late_s)}"
        cues.append(f"{span}\n<v {turn['speaker']}>{turn['text']}</v>\n")
    return "\n".join(cues)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"00:{int(minutes):02d}:{rest:06.3f}"
