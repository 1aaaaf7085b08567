"""Who spoke when: by the seat log where there is a usable one, by sound where there is none.

Where there is sound its voices are told apart in any case: they tell how late the log's clock is,
whether it is of this recording at all, and who speaks where it is silent. A log that cannot be
used stops nothing: its sentence goes into the report, and the sound is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.heard import Heard
from flows.plan import Plan, Source
from matters_arising.errors import SeatLogError
from transcripts.meeting import Engine
from transcripts.seat_log import read_seat_log, seat_log_engine
from transcripts.seat_log_lag import lag_of, moved
from transcripts.turn_sources import FITS, fit, left_over, together, within
from transcripts.words import Turn


@dataclass(frozen=True, slots=True)
class BySound:
    """The turns that an engine found in the sound."""

    engine: Engine
    turns: Sequence[Turn]


def voiced(plan: Plan, source: Source, heard: Heard, sound: BySound | None) -> Heard:
    """The same with its turns; ``sound`` is None where there is none to listen to."""
    engines = (sound.engine,) if sound else ()
    heard = replace(heard, turns=tuple(sound.turns) if sound else (), turns_engines=engines)
    if not source.recording.seat_log:
        return heard
    try:
        return _logged(plan, source, heard)
    except SeatLogError as fault:
        return replace(heard, faults=(str(fault),))


def _logged(plan: Plan, source: Source, heard: Heard) -> Heard:
    recording, meeting = source.recording, plan.meeting
    path, zero = Path(recording.seat_log), recording.seat_log_zero
    log = read_seat_log(
        path,
        day=meeting.date,
        start=meeting.start,
        offset_s=recording.offset_s,
        zero=zero,
        duration_s=heard.duration_s,
    )
    turns, told = _laid(recording.seat_log, log.turns, heard, trusted=bool(zero))
    rest = within(heard.turns, left_over(heard.regions, turns))
    return replace(
        heard,
        turns=tuple(together(turns, rest, heard.turns)),
        seats=log.tags,
        by_log=True,
        turns_engines=(seat_log_engine(path, zero), *heard.turns_engines),
        faults=(*log.faults, *told),
    )


def _laid(
    path: str, turns: Sequence[Turn], heard: Heard, *, trusted: bool
) -> tuple[Sequence[Turn], tuple[str, ...]]:
    """The log's turns on the recording's clock, and what was moved.

    SeatLogError where the log is of something else; a clock that a person set is ``trusted``.
    """
    lag = lag_of(turns, heard.turns)
    if lag and not lag.clear and not trusted:
        raise SeatLogError(
            f"the microphones of the seat log {path} do not go with the voices heard; voices are "
            "told apart by sound instead: give the log of this meeting, or set seat_log_zero to "
            "what its clock shows when the recording begins"
        )
    told: tuple[str, ...] = ()
    if lag and lag.matters:
        turns = moved(turns, lag.seconds)
        told = (
            f"the seat log {path} is {lag.seconds:+.1f} s from the voices heard and was moved by "
            "that much",
        )
    share = fit(heard.regions, turns) if turns else 0.0
    if share < FITS:
        raise SeatLogError(
            f"the seat log {path} has an open microphone for only {share:.0%} of the speech in the "
            "time it covers; voices are told apart by sound instead: set seat_log_zero to what "
            "the log's clock shows when the recording begins"
        )
    return turns, told
