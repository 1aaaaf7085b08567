"""Index points of a webcast: where its makers say that an item or a speaker begins.

They are made by hand after the meeting, items and speakers' names mixed. What each is can be told
by its words alone, and where it cannot be told it stays a point: nobody is named by it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from transcripts.items import names_title
from transcripts.meeting import AgendaItem

ITEM, SPEAKER, POINT = "item", "speaker", "point"
NUMBERED = re.compile(r"(?:item\s+)?(\d{1,3}[a-z]?(?:\.\d{1,2})*)\s*[.):\-–]?\s+(?=\S)", re.I)
NAMED = re.compile(
    r"(?:the )?(?:Councillor|Cllr|Mayor|Deputy Mayor|Baillie|Provost|Lord|Dame|Sir)\b"
)
LONGEST_S = 12 * 3600  # no meeting is longer: larger numbers are thousandths


@dataclass(frozen=True, slots=True)
class IndexPoint:
    """A second of the recording, the words there, and whether they are an item or a speaker."""

    start_s: float
    text: str
    kind: str


def index_points(told: Sequence[tuple[str, str]]) -> tuple[IndexPoint, ...]:
    """Points of (time, text) as told. None where the times do not rise: then they are no times.

    A time is seconds, thousandths, or ``h:mm:ss``; which of the first two is told by all together.
    """
    read = [(_clock(time), " ".join(text.split())) for time, text in told]
    kept = [(time, text) for time, text in read if time is not None and text]
    longest = max((time for time, _ in kept), default=0.0)
    unit = 1000.0 if longest > LONGEST_S else 1.0
    times = [time for time, _ in kept]
    if times != sorted(times):
        return ()
    return tuple(IndexPoint(time / unit, text, kind_of(text)) for time, text in kept)


def kind_of(text: str) -> str:
    """What a point is by its words."""
    if NAMED.match(text):
        return SPEAKER
    return ITEM if NUMBERED.match(text) else POINT


def items_of(points: Sequence[IndexPoint]) -> tuple[AgendaItem, ...]:
    """The agenda as far as the points tell it, each item once."""
    items: dict[str, AgendaItem] = {}
    for point in points:
        found = NUMBERED.match(point.text) if point.kind == ITEM else None
        if found is not None:
            title = point.text[found.end() :]
            item = AgendaItem(found[1], title, begins_s=round(point.start_s, 3))
            items.setdefault(found[1], item)
    return tuple(items.values())


def marks_of(points: Sequence[IndexPoint]) -> tuple[AgendaItem, ...]:
    """Every point that may be an item of somebody's agenda, with a number or without."""
    bare = [AgendaItem("", p.text, begins_s=round(p.start_s, 3)) for p in points if p.kind == POINT]
    return (*items_of(points), *bare)


def marked(agenda: Sequence[AgendaItem], marks: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The agenda with the seconds at which its items begin, by their titles.

    Of several points for an item, one of its own number is meant, else the first. An item whose
    title no point has stays without: a number alone may be another agenda's.
    """
    return tuple(_marked(item, marks) for item in agenda)


def _marked(item: AgendaItem, marks: Sequence[AgendaItem]) -> AgendaItem:
    fits = [m for m in marks if _is_of(m, item)]
    fits.sort(key=lambda m: (m.item != item.item, m.begins_s or 0.0))
    return replace(item, begins_s=fits[0].begins_s) if fits else item


def _is_of(mark: AgendaItem, item: AgendaItem) -> bool:
    """Whether a point names an item; one of its number may also name it by part of its title."""
    if names_title(item.title, mark.title.lower()):
        return True
    return mark.item == item.item != "" and names_title(mark.title, item.title.lower())


def as_chapters(points: Sequence[IndexPoint]) -> bytes:
    """WebVTT of kind chapters; the name of a cue says what its point is."""
    ends = [p.start_s for p in points[1:]] + [points[-1].start_s + 1.0] if points else []
    cues = [
        f"{point.kind} {n}\n{_stamp(point.start_s)} --> {_stamp(end)}\n{_shown(point.text)}\n"
        for n, (point, end) in enumerate(zip(points, ends, strict=True), 1)
    ]
    head = "WEBVTT\n\nNOTE index points as the webcast has them, made by hand\n\n"
    return (head + "\n".join(cues)).encode()


def _shown(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("-->", "--&gt;")


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes // 60):02d}:{int(minutes % 60):02d}:{rest:06.3f}"


def _clock(told: str) -> float | None:
    parts = told.strip().split(":")
    try:
        values = [float(p) for p in parts]
    except ValueError:
        return None
    if len(values) > 3 or any(v < 0 for v in values):
        return None
    seconds = 0.0
    for value in values:
        seconds = seconds * 60 + value
    return seconds
