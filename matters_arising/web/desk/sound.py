"""The sound of a doubt, for whoever is at the desk: also where readers are given words alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, Response

from matters_arising.errors import NotInArchiveError
from matters_arising.web.desk.door import AClerk
from matters_arising.web.reading import Reading
from matters_arising.web.recordings import KINDS, bounded
from warehouse.playing import recording
from warehouse.reader import Reader

router = APIRouter(prefix="/desk")


def sound_of(reader: Reader, recording_sha256: str) -> str:
    """The address that plays a recording here; empty where it cannot be played."""
    return f"/desk/recording/{recording_sha256}" if _file(reader, recording_sha256) else ""


@router.get("/recording/{recording_sha256}", response_model=None)
def recorded(
    request: Request,
    clerk: AClerk,
    reader: Reading,
    recording_sha256: Annotated[str, InPath(pattern="^[0-9a-f]{64}$")],
) -> Response:
    """A stretch of a recording, known by its sha256 and never by a path that somebody sends."""
    path = _file(reader, recording_sha256)
    if path is None:
        raise NotInArchiveError("recording that can be played", recording_sha256[:12])
    bounded(request, path.stat().st_size)
    headers = {"Content-Encoding": "identity", "Cache-Control": "private, no-store"}
    return FileResponse(path, media_type=KINDS[path.suffix.lower()], headers=headers)


def _file(reader: Reader, recording_sha256: str) -> Path | None:
    """The file, if a browser can play it and nothing in it was said in private."""
    held = recording(reader, recording_sha256)
    if held is None or held.closed or not held.path:
        return None
    path = Path(held.path)
    try:
        here = path.is_absolute() and path.is_file()
    except (OSError, ValueError):
        return None
    return path if here and path.suffix.lower() in KINDS else None
