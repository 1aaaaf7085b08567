"""What Zoom and Teams leave in a folder: which files are of one call, and when it was.

A call leaves several files of one sound (with and without pictures, by view) and several of words;
one of each is taken. What was written in the chat is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from transcripts.manifest import MEDIA_SUFFIXES
from transcripts.sources.clock import on_the_wall

ZOOM_CLOUD = re.compile(r"^GMT(?P<stamp>\d{8}-\d{6})_Recording")
ZOOM_FOLDER = re.compile(
    r"^(?P<day>\d{4}-\d{2}-\d{2}) (?P<clock>\d{2}\.\d{2}\.\d{2}) (?P<title>.+?)(?: \d{9,12})?$"
)
TEAMS = re.compile(
    r"^(?P<title>.+)-(?P<stamp>\d{8}_\d{6})(?P<utc>UTC)?-Meeting (?:Recording|Transcript)", re.I
)
WORDS = (".transcript.vtt", ".vtt", ".docx", ".cc.vtt", ".srt")  # the better first
SOUNDS = (".m4a", ".mp3", ".wav", ".mp4")  # sound alone is as good and a tenth of the size


@dataclass(frozen=True, slots=True)
class Export:
    """One call: ``title`` as its owner named it, empty where the files do not say."""

    title: str
    day: date
    start: str
    recording: Path | None
    captions: Path | None
    files: tuple[Path, ...]


def exports_in(folder: Path) -> list[Export]:
    """The calls whose files lie under a folder, by their names."""
    calls: dict[tuple[str, str, Path], list[Path]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        named = _named(path)
        if named is not None:
            calls.setdefault((*named, path.parent), []).append(path)
    found = [_export(title, when, files) for (title, when, _), files in calls.items()]
    return [e for e in found if e.recording or e.captions]


def _named(path: Path) -> tuple[str, str] | None:
    """Title and local time (ISO) of the call that a file is of."""
    if zoom := ZOOM_CLOUD.match(path.name):
        when = datetime.strptime(zoom["stamp"], "%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        return "", on_the_wall(when).isoformat()  # Zoom goes by Greenwich
    if teams := TEAMS.match(path.name):
        when = datetime.strptime(teams["stamp"], "%Y%m%d_%H%M%S")
        if teams["utc"]:
            when = on_the_wall(when.replace(tzinfo=UTC))
        return teams["title"].strip(), when.isoformat()
    if own := ZOOM_FOLDER.match(path.parent.name):
        when = datetime.strptime(f"{own['day']} {own['clock']}", "%Y-%m-%d %H.%M.%S")
        return own["title"].strip(), when.isoformat()
    return None


def _export(title: str, when: str, files: Sequence[Path]) -> Export:
    moment = datetime.fromisoformat(when)
    media = [p for p in files if p.suffix.lower() in MEDIA_SUFFIXES]
    words = [p for p in files if p not in media and "chat" not in p.name.lower()]
    return Export(
        title=title,
        day=moment.date(),
        start=f"{moment:%H:%M}",
        recording=next(_best(media, SOUNDS), media[0] if media else None),
        captions=next(_best(words, WORDS), None),
        files=tuple(files),
    )


def _best(files: Sequence[Path], endings: Sequence[str]) -> Iterator[Path]:
    """Those with the earliest of these endings first."""
    for ending in endings:
        yield from (p for p in files if p.name.lower().endswith(ending))
