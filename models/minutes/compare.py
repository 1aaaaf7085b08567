"""Both sides of a meeting: what is minuted and spoken, what is only one of the two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.minutes.voiced import Voiced
from transcripts.minutes import MinuteMatch, MinutePoint, MinutesVersion


@dataclass(frozen=True, slots=True)
class Pair:
    """A minuted wording beside a spoken one."""

    point: MinutePoint
    voiced: Voiced
    match: MinuteMatch


@dataclass(frozen=True, slots=True)
class Compared:
    """The minutes of a meeting beside its speech."""

    minutes: MinutesVersion
    pairs: tuple[Pair, ...]
    only_minuted: tuple[MinutePoint, ...]
    only_spoken: tuple[Voiced, ...]


def compare(minutes: MinutesVersion, voiced: Sequence[Voiced]) -> Compared:
    """Each point and each recommendation on one of the three lists, in order."""
    points = {p.id: p for p in minutes.points}
    said = {v.finding_id: v for v in voiced}
    pairs = tuple(
        Pair(points[m.point_id], said[m.finding_id], m)
        for m in minutes.matches
        if m.point_id in points and m.finding_id in said
    )
    paired_points = {p.point.id for p in pairs}
    paired_voiced = {p.voiced.finding_id for p in pairs}
    return Compared(
        minutes,
        pairs,
        tuple(p for p in minutes.points if p.id not in paired_points),
        tuple(v for v in voiced if v.finding_id not in paired_voiced),
    )
