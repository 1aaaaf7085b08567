"""The transcript that Teams writes as a Word document: a name and a time, then what was said."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from transcripts.captions_cues import Cue

ZIP = b"PK\x03\x04"
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{1,2}(?:\.\d+)?"
# "Helen Penrose   0:03" of today; of some years ago, the times stood above the name
HEADED = re.compile(rf"^(?P<name>\S.{{0,80}}?)\s{{1,}}(?P<start>{CLOCK})$")
TIMED = re.compile(rf"^(?P<start>{CLOCK})\s*-->\s*(?P<end>{CLOCK})$")
NOT_SAID = re.compile(r"^.{1,80}\b(?:started|stopped) transcription$")


def docx_cues(path: Path) -> list[Cue]:
    """The cues of a transcript; ValueError where it is no document of Word."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise ValueError(f"it is no Word document that can be opened ({fault})") from fault
    lines = (line for p in document.paragraphs for line in p.text.splitlines())
    return list(_cues(line.strip() for line in lines))


def _cues(lines: Iterable[str]) -> Iterator[Cue]:
    start = end = 0.0
    name, begun = "", False
    said: list[str] = []
    for line in lines:
        timed = TIMED.match(line)
        headed = None if timed else HEADED.match(line)
        if headed or timed:
            if begun and said:
                yield _cue(start, end, name, said)
            found = headed or timed
            start = end = _seconds(found["start"]) if found else 0.0
            name, said, begun = headed["name"] if headed else "", [], True
            if timed:
                end = _seconds(timed["end"])
        elif begun and not name and line:
            name = line
        elif begun and line and not NOT_SAID.match(line):
            said.append(line)
    if begun and said:
        yield _cue(start, end, name, said)


def _cue(start_s: float, end_s: float, name: str, said: list[str]) -> Cue:
    """As a cue of WebVTT would have it."""
    tag = html.escape(" ".join(name.split()), quote=False)
    return Cue(start_s, end_s, f"<v {tag}>{html.escape(' '.join(said), quote=False)}</v>")


def _seconds(clock: str) -> float:
    seconds = 0.0
    for part in clock.split(":"):
        seconds = seconds * 60 + float(part)
    return seconds
