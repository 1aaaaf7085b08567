"""One sitting out of what several sources tell of it: joined by committee, day and hour.

What an earlier source says wins, in the order of ``matters.toml``. Two sittings of one committee on
one day are told apart by the hour alone; where that does not settle it, nothing is joined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from transcripts.sources.committees import Committees, plain
from transcripts.sources.index_points import marked
from transcripts.sources.meeting import FIELDS, MARKS, SOUND, SourceMeeting

NEAR_MIN = 120  # a webcast begins before or after the hour on the agenda
TEXTS = ("title", "start", "chair", "page", "status", "id")


def joined(
    told: Iterable[tuple[str, SourceMeeting]], committees: Committees
) -> tuple[list[SourceMeeting], list[str]]:
    """The sittings, and sentences on what could not be joined. ``told``: source's name, meeting."""
    days: dict[tuple[str, str], list[tuple[set[str], SourceMeeting]]] = {}
    faults = []
    for source, meeting in told:
        name, code = committees.of(meeting.committee)
        meeting = replace(meeting, committee=name, committee_code=meeting.committee_code or code)
        meeting = replace(meeting, origins=_origins(source, meeting))
        sittings = days.setdefault((plain(name), meeting.date.isoformat()), [])
        fits = [n for n, (by, other) in enumerate(sittings) if _fits(source, by, meeting, other)]
        if len(fits) > 1:
            fits = _nearest(meeting, sittings, fits)
        if len(fits) > 1:
            faults.append(_undecided(source, meeting, len(fits)))
        elif fits:
            by, other = sittings[fits[0]]
            sittings[fits[0]] = (by | {source}, _with(other, meeting))
        else:
            sittings.append(({source}, meeting))
    return [m for sittings in days.values() for _, m in sittings], faults


def _fits(source: str, by: set[str], meeting: SourceMeeting, other: SourceMeeting) -> bool:
    """Whether they can be one sitting: no source has one twice, and the hours are not far apart."""
    if source in by:
        return bool(set(meeting.keys) & set(other.keys))
    apart = minutes_apart(meeting.start, other.start)
    return apart is None or apart <= NEAR_MIN


def _nearest(
    meeting: SourceMeeting, sittings: Sequence[tuple[set[str], SourceMeeting]], fits: list[int]
) -> list[int]:
    apart = {n: minutes_apart(meeting.start, sittings[n][1].start) for n in fits}
    if any(a is None for a in apart.values()):
        return fits
    least = min(a for a in apart.values() if a is not None)
    return [n for n in fits if apart[n] == least]


def minutes_apart(one: str, other: str) -> int | None:
    """Minutes between two hours; None where one is not told."""
    try:
        first, second = (datetime.strptime(t, "%H:%M") for t in (one, other))
    except ValueError:
        return None
    return abs(int((first - second).total_seconds())) // 60


def _with(first: SourceMeeting, second: SourceMeeting) -> SourceMeeting:
    """Both, the first winning; the sound of a sitting is from one source, for it is one sound."""
    sound = next((m for m in (first, second) if any(f.kind in SOUND for f in m.files)), first)
    other = second if sound is first else first
    kinds = {f.kind for f in first.files}
    files = [f for f in sound.files if f.kind in SOUND]
    files += [f for f in first.files if f.kind not in SOUND]
    files += [f for f in second.files if f.kind not in (*SOUND, *kinds)]
    left = any(f.kind == "recording" for f in other.files)
    note = (f"{other.keys[0]} has a recording of it too, which is not taken",) if left else ()
    texts = {t: getattr(first, t) or getattr(second, t) for t in TEXTS}
    return replace(
        first,
        **texts,
        keys=tuple(dict.fromkeys((*first.keys, *second.keys))),
        committee_code=first.committee_code or second.committee_code,
        link=sound.link or other.link,
        cancelled=first.cancelled and not sound.files,
        webcast=first.webcast or second.webcast,
        people=first.people or second.people,
        agenda=marked(first.agenda or second.agenda, sound.marks),
        marks=sound.marks,
        files=tuple(files),
        captions=sound.captions or other.captions,
        notes=(*first.notes, *second.notes, *note),
        lacks=(*first.lacks, *(f for f in second.lacks if not getattr(first, f))),
        origins=_origins_with(first, second, sound),
    )


def _origins(source: str, meeting: SourceMeeting) -> dict[str, str]:
    return {f: source for f in (*FIELDS, MARKS) if getattr(meeting, f)}


def _origins_with(
    first: SourceMeeting, second: SourceMeeting, sound: SourceMeeting
) -> dict[str, str]:
    """Of both; the link is that of the sound where it has one, and marks are the sound's alone."""
    both = {**second.origins, **first.origins}
    of_sound = {f: sound.origins[f] for f in ("link", MARKS) if f in sound.origins}
    return {**{f: s for f, s in both.items() if f != MARKS}, **of_sound}


def _undecided(source: str, meeting: SourceMeeting, count: int) -> str:
    return (
        f"{source}: {meeting.keys[0]} fits {count} meetings of {meeting.committee} on "
        f"{meeting.date}, and no hour tells which: it was left out; put it into the inbox by hand"
    )
