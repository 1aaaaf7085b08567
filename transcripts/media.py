"""Opening recordings of any container, and what a container says about its own length."""

from __future__ import annotations

import os
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from matters_arising.errors import MediaError

# Containers without timestamps of their own: FFmpeg counts frames there, so after a damaged
# stretch its clock runs behind and lost time has to be reckoned from lost bytes.
COUNTED_CLOCKS = frozenset({"mp3", "aac", "ac3", "eac3", "dts", "truehd"})
PLAYLISTS = (b"#EXTM3U", b"ffconcat", b"[playlist]")
STREAMED_WAV_BYTES = 0xFFFFFF00  # what a pipe writes in the header for "length not known"


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, Any]]:
    """The container of a recording and its best audio stream; faults become one sentence each."""
    import av  # 0.3 s and FFmpeg's libraries: only when sound is really read

    _check_file(path)
    try:
        container = av.open(str(path.resolve()), options={"protocol_whitelist": "file,data"})
    except (av.FFmpegError, ValueError) as fault:
        raise MediaError(_why_not_media(path, fault)) from fault
    with container:
        yield container, _audio_stream(path, container)


def length_s(path: Path) -> float:
    """How long a recording is by its container, 0 where that does not say."""
    with opened(path) as (container, _):
        return float(container.duration or 0) / 1e6


def promised_s(path: Path, container: Any, stream: Any) -> float | None:
    """How long the file says it is, where that is written in it and not reckoned from its size."""
    name = container.format.name
    if name == "wav":
        return _wav_promise(path)
    if name in COUNTED_CLOCKS and _is_reckoned(path, container, stream):
        return None
    if container.duration is None or name in {"ogg", "mpegts"}:  # found by looking at the end
        return None
    return float(container.duration) / 1e6


def is_cut_short(path: Path, container: Any) -> bool:
    """Whether an Ogg or Opus file lacks its end mark; other containers promise a length instead.

    RFC 3533, section 6: the last page of a stream has bit 0x04 of the byte after the version set.
    """
    if container.format.name != "ogg":
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_536))  # a page is at most 65,307 bytes
        tail = file.read()
    last = tail.rfind(b"OggS")
    return last < 0 or last + 5 >= len(tail) or not tail[last + 5] & 0x04


def _check_file(path: Path) -> None:
    """Refuse what is no file, and playlists: a file must not make us fetch another one."""
    if not path.exists():
        raise MediaError(f"there is no recording at {path}")
    if path.is_dir():
        raise MediaError(f"{path} is a folder; name one recording in it")
    if not os.access(path, os.R_OK):
        raise MediaError(f"{path} may not be read by this user; change its permissions")
    if path.stat().st_size == 0:
        raise MediaError(f"{path} is empty (0 bytes); copy it again from where it came from")
    with path.open("rb") as file:
        head = file.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(PLAYLISTS) or b"<MPD" in head:
        raise MediaError(f"{path} is a playlist, no recording; name the recording itself")


def _why_not_media(path: Path, fault: Exception) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] in (b"ftyp", b"mdat"):
        return (
            f"{path} was cut short before its index was written, so nothing in it can be "
            "decoded; copy it again from where it came from"
        )
    why = getattr(fault, "strerror", None) or fault  # PyAV's number and path tell people nothing
    return (
        f"{path} is not a recording that can be read ({path.stat().st_size} bytes: {why}); play it "
        "to see whether it is one, and copy it again from where it came from"
    )


def _audio_stream(path: Path, container: Any) -> Any:
    stream = container.streams.best("audio")
    if stream is None or stream.codec_context is None:
        kinds = sorted({s.type for s in container.streams}) or ["nothing"]
        raise MediaError(f"{path} has no sound: it holds {', '.join(kinds)} only")
    return stream


def _wav_promise(path: Path) -> float | None:
    try:
        with wave.open(str(path)) as file:
            frames, rate, width = file.getnframes(), file.getframerate(), file.getsampwidth()
            channels = file.getnchannels()
    except (wave.Error, EOFError):  # a WAV of another kind than plain PCM
        return None
    return None if frames * width * channels >= STREAMED_WAV_BYTES else frames / rate


def _is_reckoned(path: Path, container: Any, stream: Any) -> bool:
    """Whether the length is no more than size over bit rate, which says nothing about a cut."""
    if container.format.name != "mp3" or not stream.bit_rate or not container.duration:
        return True
    by_size = path.stat().st_size * 8 / stream.bit_rate
    return bool(abs(by_size - container.duration / 1e6) < 0.02 * by_size)
