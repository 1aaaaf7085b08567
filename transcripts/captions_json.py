"""Transcripts of other tools as JSON: Whisper, WhisperX, Council Data Project, OpenCouncil.

A tool that only numbers its speakers tells which words are one voice's, and nobody's name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from transcripts.captions_cues import spread
from transcripts.words import Segment, Word

Record = Mapping[str, Any]

# The same thing under each tool's name for it.
SEGMENTS = ("segments", "sentences", "utterances", "transcript", "transcription", "result")
START = ("start", "start_time", "start_s", "startTimestamp")
END = ("end", "end_time", "end_s", "endTimestamp")
TEXT = ("text", "word")
SCORE = ("probability", "score", "confidence")
SPEAKER = ("speaker", "speaker_name", "speakerName")
DEEPEST = 4  # lists of segments lie under a few names at most


def json_segments(text: str) -> list[Segment]:
    """Segments of a transcript file in order of time; ValueError where it is no transcript."""
    found = json.loads(text)
    records = _records(found)
    if records is None:
        raise ValueError(f"its JSON has no list of {', '.join(SEGMENTS[:3])}")
    names = _names(found)
    segments, before = [], None
    for record in records:
        words = _words(record)
        if not words:
            continue
        voice, tag = _voice(record, names)
        changed = voice is not None and voice != before
        before = voice
        segments.append(Segment(tuple(words), tag, changed))
    return sorted(segments, key=lambda s: s.start_s)


def _records(found: Any, depth: int = 0) -> list[Record] | None:
    """The list of segments, under whichever name; those of a speaker's turn, each with its tag."""
    if isinstance(found, list):
        if not all(isinstance(r, Mapping) for r in found):
            return None
        return [part for record in found for part in _parts(record)]
    inner = _get(found, SEGMENTS)
    return _records(inner, depth + 1) if inner is not None and depth < DEEPEST else None


def _parts(record: Record) -> list[Record]:
    """A turn of OpenCouncil holds utterances; the speaker is told of the whole turn."""
    inner = record.get("utterances")
    if not isinstance(inner, list):
        return [record]
    about = {k: record[k] for k in (*SPEAKER, "speakerTag", "speakerTagId") if k in record}
    return [{**about, **part} for part in inner if isinstance(part, Mapping)]


def _names(found: Any) -> dict[str, str]:
    """Names of people by their ids, where a file lists them."""
    people = found.get("people") if isinstance(found, Mapping) else None
    rows = people if isinstance(people, list) else []
    return {
        str(p["id"]): str(p["name"])
        for p in rows
        if isinstance(p, Mapping) and p.get("id") and p.get("name")
    }


def _voice(record: Record, names: Mapping[str, str]) -> tuple[object, str]:
    """What tells one voice from another, and the tag to be shown for it."""
    tag = record.get("speakerTag")
    if isinstance(tag, Mapping):
        person = tag.get("person")
        told = person.get("name") if isinstance(person, Mapping) else None
        name = told or names.get(str(tag.get("personId"))) or tag.get("label") or ""
        return tag.get("id") or name or None, str(name)
    name = _get(record, SPEAKER)
    if isinstance(name, str) and name.strip():
        return name, name.strip()
    number = name if isinstance(name, int) else record.get("speaker_index")
    return (number, f"speaker {number}") if isinstance(number, int) else (None, "")


def _words(record: Record) -> list[Word]:
    """The words of one segment, with their own times where each has them.

    The segment's text is preferred, for it keeps capitals and stops; word lists may lack them.
    """
    listed = [w for w in record.get("words") or () if isinstance(w, Mapping) and _said(w)]
    written = str(record.get("text") or "").split()
    if listed and len(written) in (0, len(listed)):
        return _timed(listed, written or [_said(w) for w in listed], record)
    span = _span(listed, record)
    return spread(written, *span) if span and written else []


def _timed(listed: list[Record], texts: list[str], record: Record) -> list[Word]:
    """Each word at its own time; one that a tool could not place lies where the last ended."""
    at = _number(_get(record, START)) or next((t for w in listed if (t := _start(w))), 0.0)
    words = []
    for entry, text in zip(listed, texts, strict=True):
        start_s = _start(entry)
        start_s = at if start_s is None else start_s
        end_s = _number(_get(entry, END))
        at = max(start_s, start_s if end_s is None else end_s)
        words.append(Word(text, start_s, at, _number(_get(entry, SCORE))))
    return words


def _span(listed: Iterable[Record], record: Record) -> tuple[float, float] | None:
    """From the first word to the last: a segment's own start may lie long before."""
    starts = [t for w in listed if (t := _start(w)) is not None]
    ends = [t for w in listed if (t := _number(_get(w, END))) is not None]
    start_s = starts[0] if starts else _number(_get(record, START))
    end_s = ends[-1] if ends else _number(_get(record, END))
    if start_s is None or end_s is None:
        return None
    return start_s, max(start_s, end_s)


def _said(entry: Record) -> str:
    return str(_get(entry, TEXT) or "").strip()


def _start(entry: Record) -> float | None:
    return _number(_get(entry, START))


def _get(record: Any, names: Iterable[str]) -> Any:
    """The value under the first of these names that has one."""
    if not isinstance(record, Mapping):
        return None
    return next((record[n] for n in names if record.get(n) is not None), None)


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) else None
