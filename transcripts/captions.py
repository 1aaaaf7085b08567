"""Captions and transcripts made elsewhere, read into segments: WebVTT, SRT, JSON, Teams' DOCX."""

from __future__ import annotations

import codecs
import logging
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

from matters_arising.errors import CaptionsError
from transcripts.captions_cues import Cue, segments_of
from transcripts.captions_docx import ZIP, docx_cues
from transcripts.captions_json import json_segments
from transcripts.meeting import Engine
from transcripts.whole import sha256_of
from transcripts.words import Segment

log = logging.getLogger(__name__)

SUFFIXES = (".vtt", ".srt", ".json", ".docx")
ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
TIMING = re.compile(r"^\s*(\S*\d[.,]\d{1,3})\s*-->\s*(\S*\d[.,]\d{1,3})(.*)$")


def read_captions(path: Path) -> list[Segment]:
    """The segments of a captions file in order of time; CaptionsError where it holds none."""
    try:
        segments = _segments(path)
    except ValueError as fault:
        raise CaptionsError(f"{path} cannot be read as captions: {fault}") from fault
    if not segments:
        raise CaptionsError(
            f"{path} holds no usable cue ({path.stat().st_size} bytes were read); "
            f"give a file of captions as {', '.join(SUFFIXES)}"
        )
    log.info("read %d segments from %s", len(segments), path.name)
    return segments


def captions_engine(path: Path) -> Engine:
    """Which file the words came from, as an engine, so that every row can be traced to it."""
    kind = path.suffix.lower().lstrip(".")
    if _is_docx(path):
        kind = "docx"
    elif _is_json(_text(path)):
        kind = "json"
    reader = {"vtt": "webvtt-py", "srt": "srt", "docx": "python-docx"}.get(kind)
    return Engine(
        task="speech",
        name="captions",
        version=f"{reader} {version(reader)}" if reader else "",
        model=kind,
        model_sha256=sha256_of(path),
    )


def is_upper_case(segments: list[Segment]) -> bool:
    """Whether the captioner wrote in capitals only, so that case says nothing about names."""
    letters = [c for s in segments for c in s.text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.9 * len(letters)


def _segments(path: Path) -> list[Segment]:
    if _is_docx(path):
        return segments_of(docx_cues(path))
    text = _text(path)
    return json_segments(text) if _is_json(text) else segments_of(_cues(text))


def _is_docx(path: Path) -> bool:
    if not path.is_file():
        raise CaptionsError(f"there is no captions file at {path}")
    with path.open("rb") as file:
        return file.read(len(ZIP)) == ZIP


def _text(path: Path) -> str:
    if not path.is_file():
        raise CaptionsError(f"there is no captions file at {path}")
    raw = path.read_bytes()
    encoding = next((name for mark, name in ENCODINGS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")  # what older caption encoders write


def _is_json(text: str) -> bool:
    return text.lstrip()[:1] in ("{", "[")


def _cues(text: str) -> list[Cue]:
    """Cues of WebVTT or SRT, told apart by the header; timing lines are put right first."""
    lines = [_timing_put_right(line) for line in text.splitlines()]
    if text.lstrip().startswith("WEBVTT"):
        return _vtt_cues("\n".join(lines).lstrip())
    if any("-->" in line for line in lines):
        return _srt_cues("\n".join(lines))
    return []


def _timing_put_right(line: str) -> str:
    """Decimal commas, missing hours and odd settings of a timing line made plain.

    Settings are dropped: they say where a cue is shown, and broken ones would lose the cue.
    """
    found = TIMING.match(line)
    if not found:
        return line
    return f"{_full_clock(found[1])} --> {_full_clock(found[2])}"


def _full_clock(stamp: str) -> str:
    parts = stamp.replace(",", ".").split(":")
    padded = ["00"] * (3 - len(parts)) + [p.zfill(2) for p in parts[:-1]]
    seconds, thousandths = parts[-1].split(".")
    return ":".join([*padded, seconds.zfill(2)]) + f".{thousandths.ljust(3, '0')}"


def _vtt_cues(text: str) -> list[Cue]:
    import webvtt

    try:
        captions = webvtt.from_string(text).captions
    except webvtt.errors.MalformedFileError as fault:
        raise ValueError(str(fault)) from fault
    return [Cue(_seconds(c.start_time), _seconds(c.end_time), c.raw_text) for c in captions]


def _seconds(stamp: Any) -> float:
    """Of a webvtt timestamp, whose own ``in_seconds`` drops the thousandths."""
    hours, minutes, seconds, thousandths = stamp.to_tuple()
    return float(hours * 3600 + minutes * 60 + seconds + thousandths / 1000)


def _srt_cues(text: str) -> list[Cue]:
    import srt

    return [
        Cue(c.start.total_seconds(), c.end.total_seconds(), c.content)
        for c in srt.parse(text, ignore_errors=True)
    ]
