"""Recordings by their sha256: streamed, a stretch at a time, never by a path somebody sends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

from matters_arising.errors import NotInArchiveError
from warehouse.playing import Recorded, recording, recordings
from warehouse.reader import Reader

# what browsers play, and nothing else of this machine
KINDS = {
    ".aac": "audio/aac",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".m4v": "video/mp4",
    ".mov": "video/mp4",
    ".mp4": "video/mp4",
    ".ogv": "video/ogg",
    ".webm": "video/webm",
}
AT_ONCE = 4 * 2**20  # bytes that one answer to a range holds at most: players ask for the next
_RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
_LAST = re.compile(r"bytes=-(\d{1,15})")


@dataclass(frozen=True, slots=True)
class Part:
    """A recording as a page plays it: ``number`` from 1; ``address`` is empty where it cannot be.

    ``why_not`` says why: the file is not here, or holds what was said in private.
    """

    number: int
    recording_sha256: str
    kind: str
    address: str
    why_not: str


def parts(reader: Reader, meeting_id: str, *, wanted: bool = True) -> list[Part]:
    """The recordings of a meeting, in order; ``wanted`` is whether recordings are played at all."""
    held = reader.kept(("recordings", meeting_id), lambda: recordings(reader, meeting_id))
    return [_part(r, wanted) for r in held if r.path]


def _part(held: Recorded, wanted: bool) -> Part:
    kind = KINDS.get(Path(held.path).suffix.lower(), "")
    why_not = ""
    if not wanted:
        why_not = "this archive shows words without their recordings"
    elif held.closed:
        why_not = "a part of the meeting was held in private, and its sound may be in the recording"
    elif held.redacted:
        why_not = "something was taken out of the transcript, and the recording still says it"
    elif not kind or not _is_file(held.path):
        why_not = "the recording is not where it was when it was transcribed"
    address = "" if why_not else f"/recording/{held.recording_sha256}"
    return Part(held.position + 1, held.recording_sha256, kind.split("/")[0], address, why_not)


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_absolute() and Path(path).is_file()
    except (OSError, ValueError):
        return False


def recorded(
    request: Request, recording_sha256: Annotated[str, InPath(pattern="^[0-9a-f]{64}$")]
) -> Response:
    """The bytes of a recording, or the stretch of them that is asked for."""
    with request.app.state.live.reader() as reader:  # let go before the bytes are sent
        held = recording(reader, recording_sha256)
    part = _part(held, request.app.state.recordings) if held else None
    if held is None or part is None or not part.address:
        raise NotInArchiveError("recording that can be played", recording_sha256[:12], None)
    path = Path(held.path)
    bounded(request, path.stat().st_size)
    kind = KINDS[path.suffix.lower()]
    headers = {"Content-Encoding": "identity", "Cache-Control": "private, max-age=3600"}
    return FileResponse(path, media_type=kind, headers=headers)


def bounded(request: Request, size: int) -> None:
    """Leaves of the range that is asked for one stretch of ``AT_ONCE`` bytes at most."""
    headers = list(request.scope["headers"])
    asked = [value.decode("latin-1") for name, value in headers if name == b"range"]
    if not asked:
        return
    kept = [(name, value) for name, value in headers if name != b"range"]
    request.scope["headers"] = [*kept, (b"range", _stretch(asked, size).encode("ascii"))]


def _stretch(asked: Sequence[str], size: int) -> str:
    found, last = _RANGE.fullmatch(asked[0].strip()), _LAST.fullmatch(asked[0].strip())
    if len(asked) > 1 or not (found or last):
        raise HTTPException(416, "one range of bytes at a time")
    if last:
        count = min(int(last[1]), AT_ONCE, size)
        first, end = size - count, size - 1
    elif found:
        first = int(found[1])
        end = min(int(found[2]) if found[2] else size - 1, first + AT_ONCE - 1, size - 1)
    if first >= size or end < first:
        raise HTTPException(416, "that range is not in it")
    return f"bytes={first}-{end}"


def add_recordings(app: FastAPI) -> None:
    """The address ``/recording/SHA256``."""
    app.add_api_route(
        "/recording/{recording_sha256}", recorded, methods=["GET", "HEAD"], response_model=None
    )
