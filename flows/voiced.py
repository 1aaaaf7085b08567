"""Who spoke when: by the seat log where there is a usable one, by sound where there is none.

A log that cannot be used stops nothing: its sentence goes into the report, and the sound is taken.
What a log leaves out is told apart by sound, as far as there is sound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from flows.heard import Heard
from flows.plan import Plan, Source
from matters_arising.errors import SeatLogError
from transcripts.meeting import Engine
from transcripts.seat_log import SeatLog, read_seat_log, seat_log_engine
from transcripts.turn_sources import FITS, Region, fit, left_over, together
from transcripts.words import Turn

BySound = Callable[[Sequence[Region]], list[Turn]]


def voiced(
    plan: Plan, source: Source, heard: Heard, engine: Engine, by_sound: BySound | None
) -> Heard:
    """The same with its turns. ``by_sound`` tells voices apart in regions; None without sound."""
    log, fault = _log(plan, source, heard)
    if log is None:
        turns = by_sound(heard.regions) if by_sound else []
        engines = (engine,) if by_sound else ()
        return replace(heard, turns=tuple(turns), turns_engines=engines, faults=fault)
    left = left_over(heard.regions, log.turns) if by_sound else []
    sound = by_sound(left) if by_sound and left else []
    logged = seat_log_engine(Path(source.recording.seat_log), source.recording.seat_log_zero)
    return replace(
        heard,
        turns=tuple(together(log.turns, sound)),
        seats=log.tags,
        by_log=True,
        turns_engines=(logged, engine) if left else (logged,),
        faults=log.faults,
    )


def _log(plan: Plan, source: Source, heard: Heard) -> tuple[SeatLog | None, tuple[str, ...]]:
    recording, meeting = source.recording, plan.meeting
    if not recording.seat_log:
        return None, ()
    try:
        log = read_seat_log(
            Path(recording.seat_log),
            day=meeting.date,
            start=meeting.start,
            offset_s=recording.offset_s,
            zero=recording.seat_log_zero,
            duration_s=heard.duration_s,
        )
    except SeatLogError as fault:
        return None, (str(fault),)
    share = fit(heard.regions, log.turns)
    if share < FITS:
        return None, (
            f"the seat log {recording.seat_log} has an open microphone for only {share:.0%} of the "
            "speech in the time it covers; voices are told apart by sound instead: set "
            "seat_log_zero to what the log's clock shows when the recording begins",
        )
    return log, ()
