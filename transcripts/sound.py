"""Recordings as plain sound: any audio or video file to 16 kHz mono on disk, read in pieces."""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from matters_arising.errors import MediaError, TransientError
from transcripts.media import COUNTED_CLOCKS, is_cut_short, opened, promised_s
from transcripts.processed import Gap

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

SAMPLE_RATE = 16_000
SILENT_PEAK = 33  # of 32,768: sixty decibels below full scale, under any open microphone
SLACK_S = 0.1  # encoders' padding and rounding, no hole
LONGEST_HOLE_S = 6 * 3600.0  # a longer jump is a clock that was set, not lost sound
PROGRESS_EVERY_S = 10.0

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Decoded:
    """Sound on disk: raw int16 samples, mono, ``SAMPLE_RATE``.

    ``duration_s`` is what lies on disk. A gap inside it is filled with silence, so that times
    stay true to the recording; a gap at its end is what a file cut short still promised.
    """

    path: Path
    duration_s: float
    gaps: tuple[Gap, ...]
    container: str
    codec: str


@dataclass(frozen=True, slots=True)
class PcmSound:
    """Decoded sound, read a piece at a time; only a path, so it travels between processes.

    Read, not mapped: the pages of a mapped file would count as this process's memory.
    """

    path: Path

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.path.stat().st_size / 2 / SAMPLE_RATE

    def read(self, start_s: float, end_s: float) -> NDArray[np.float32]:
        """The samples of ``[start_s, end_s)``: float32 in [-1, 1], clipped to the length."""
        first = max(0, round(start_s * SAMPLE_RATE))
        wanted = max(0, round(end_s * SAMPLE_RATE) - first)
        with self.path.open("rb") as file:
            file.seek(2 * first)
            samples = np.fromfile(file, dtype="<i2", count=wanted)
        return samples.astype(np.float32) / np.float32(32768)


def decode(source: Path, target: Path, *, progress: Progress | None = None) -> Decoded:
    """Write the sound of ``source`` to ``target``, whole or not at all; memory stays flat.

    ``progress`` is told the seconds done. Raises MediaError for what holds no sound.
    """
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with unfinished.open("wb") as file:
            decoded = _decode_into(source, target, _Tape(file, progress))
        unfinished.replace(target)
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise TransientError(f"no room left to decode {source} into {target.parent}") from fault
        raise
    finally:
        unfinished.unlink(missing_ok=True)
    log.info("decoded %s: %.1f s, %d gaps", source.name, decoded.duration_s, len(decoded.gaps))
    return decoded


def _decode_into(source: Path, target: Path, tape: _Tape) -> Decoded:
    with opened(source) as (container, stream):
        promise = promised_s(source, container, stream)
        if container.format.name in COUNTED_CLOCKS:
            _copy_counted(container, stream, tape)
        else:
            _copy_stamped(container, stream, tape)
        tape.finish()
        _check_sound(source, tape)
        _note_early_end(tape, promise, is_cut_short(source, container))
        return Decoded(
            target, tape.seconds, tuple(tape.gaps), container.format.name, stream.codec_context.name
        )


def _copy_stamped(container: Any, stream: Any, tape: _Tape) -> None:
    """Put every frame at its own timestamp, counted from where a player shows 0:00."""
    zero = None if container.start_time is None else container.start_time / 1e6
    damaged = False
    for frame, lost_bytes in _frames(container, stream):
        if frame is None:
            damaged = damaged or lost_bytes > 0
            continue
        if frame.time is not None:
            zero = frame.time if zero is None else zero
            hole = frame.time - zero - tape.seconds
            if abs(hole) > LONGEST_HOLE_S or hole < -10 * SLACK_S:  # the clock began anew
                zero = frame.time - tape.seconds
            elif hole > SLACK_S:
                tape.skip(hole, "damaged" if damaged else "missing from the recording")
        tape.add(frame)
        damaged = False


def _copy_counted(container: Any, stream: Any, tape: _Tape) -> None:
    """Put frames one after another; where bytes were lost, reckon their time from those read."""
    read_bytes, read_s = 0, 0.0
    for frame, packet_bytes in _frames(container, stream):
        if frame is not None:
            tape.add(frame)
            read_bytes, read_s = read_bytes + packet_bytes, read_s + frame.samples / frame.rate
        elif read_bytes and packet_bytes:
            tape.skip(packet_bytes * read_s / read_bytes, "damaged")


def _frames(container: Any, stream: Any) -> Iterator[tuple[Any, int]]:
    """Frames with the bytes they came from; None for a packet that could not be decoded."""
    import av  # see media.opened

    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except av.FFmpegError:
            yield None, packet.size
            continue
        for number, frame in enumerate(frames):
            yield frame, packet.size if number == 0 else 0


def _packets(container: Any, stream: Any, *, patience: int = 50) -> Iterator[Any]:
    """Packets to the end of the file, stepping over places that cannot be read."""
    import av  # see media.opened

    for _ in range(patience):
        try:
            yield from container.demux(stream)
        except av.FFmpegError as fault:
            log.warning("stepping over a place that cannot be read: %s", fault)
        else:
            return


def _check_sound(source: Path, tape: _Tape) -> None:
    if not tape.seconds:
        raise MediaError(f"{source} has an audio track, but no sound could be decoded from it")
    if tape.loudest < SILENT_PEAK:
        raise MediaError(
            f"{source} is silent throughout ({tape.seconds:.0f} s); was the microphone open, and "
            "is the sound perhaps in another file?"
        )


def _note_early_end(tape: _Tape, promise: float | None, cut_short: bool) -> None:
    end = tape.seconds
    if promise is not None and promise - end > 5 * SLACK_S:
        tape.gaps.append(Gap(end, promise, "the recording ends early: its file is cut short"))
    elif cut_short:
        tape.gaps.append(Gap(end, end, "the recording ends early, by how much is not known"))


class _Tape:
    """The file being written, with what has to be known of it at the end."""

    def __init__(self, file: IO[bytes], progress: Progress | None) -> None:
        self.file, self.progress = file, progress
        self.samples, self.loudest, self.told = 0, 0, 0.0
        self.pending = 0.0  # seconds inside the resampler
        self.gaps: list[Gap] = []
        self.resampler: Any = None
        self.setup: tuple[Any, ...] = ()

    @property
    def seconds(self) -> float:
        """Where the next frame will lie: what is written and what the resampler still holds."""
        return self.samples / SAMPLE_RATE + self.pending

    def add(self, frame: Any) -> None:
        """Append one decoded frame of any rate, layout and format."""
        setup = (frame.format.name, frame.layout.name, frame.sample_rate)
        if setup != self.setup:  # a broadcast may change in the middle, and each has its resampler
            self.flush()
            self.setup, self.resampler = setup, _resampler()
        length = frame.samples / frame.sample_rate
        frame.pts = None  # times are kept here; the resampler would stretch sound to fit them
        before = self.samples
        self._write(self.resampler.resample(frame))
        self.pending += length - (self.samples - before) / SAMPLE_RATE
        self._tell()

    def skip(self, seconds: float, why: str) -> None:
        """Leave silence for what could not be had, and note the gap where it could be heard."""
        self.flush()
        count = round(seconds * SAMPLE_RATE)
        self.file.seek(2 * count, os.SEEK_CUR)  # a hole in the file reads as zeros, costs no disk
        start = self.samples / SAMPLE_RATE
        self.samples += count
        last = self.gaps[-1] if self.gaps else None
        if last is not None and start - last.end_s < SLACK_S:
            self.gaps[-1] = Gap(last.start_s, self.seconds, last.why)
        else:
            self.gaps.append(Gap(start, self.seconds, why))

    def flush(self) -> None:
        """Write what the resampler still holds."""
        if self.resampler is not None:
            self._write(self.resampler.resample(None))
        self.resampler, self.setup, self.pending = None, (), 0.0

    def finish(self) -> None:
        """Write the rest; a hole at the very end is given its length."""
        self.flush()
        self.file.truncate(2 * self.samples)
        if self.progress is not None:
            self.progress(self.seconds)

    def _write(self, frames: list[Any]) -> None:
        for frame in frames:
            samples = frame.to_ndarray().reshape(-1)
            if samples.size:
                self.file.write(samples.astype("<i2", copy=False).tobytes())
                self.samples += samples.size
                self.loudest = max(self.loudest, int(samples.max()), -int(samples.min()))

    def _tell(self) -> None:
        if self.progress is not None and self.seconds - self.told >= PROGRESS_EVERY_S:
            self.told = self.seconds
            self.progress(self.told)


def _resampler() -> Any:
    import av  # see media.opened

    return av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
