"""Whole transcripts to take away: captions, a table, data. They stream, a few rows at a time."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import Response, StreamingResponse

from matters_arising.errors import NotInArchiveError
from matters_arising.web.addresses import said_address
from matters_arising.web.outward import Outward
from warehouse import meeting
from warehouse.export import spreadsheet_safe
from warehouse.listings import meetings
from warehouse.meeting import Said
from warehouse.query import Filters
from warehouse.reader import Reader

AT_ONCE = 500
COLUMNS = (
    "utterance_id",
    "speaker",
    "item",
    "start_s",
    "end_s",
    "text",
    "link",
    "address",
    "transcript_version",
    "recording_sha256",
)
Row = dict[str, Any]


def _said(request: Request, reader: Reader, meeting_id: str) -> Iterator[Said]:
    outward, offset = Outward(reader), 0
    while some := meeting.transcript(reader, meeting_id, offset=offset, limit=AT_ONCE):
        yield from outward.shown(some, meeting_id)
        offset += len(some)


def _rows(base: str, meeting_id: str, said: Iterable[Said]) -> Iterator[Row]:
    for one in said:
        row = asdict(one)
        where = said_address(meeting_id, one.transcript_version, one.utterance_id)
        row["address"] = f"{base}{where}"
        row["link"] = f"{base}{one.link}" if one.link.startswith("/") else one.link
        yield {name: row[name] for name in COLUMNS}


def as_csv(rows: Iterable[Row], _: Row) -> Iterator[str]:
    """A table; what a spreadsheet would run as a formula is defused."""
    line = io.StringIO()
    writer = csv.writer(line)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([spreadsheet_safe(row[name]) for name in COLUMNS])
        if line.tell() > 2**15:
            yield line.getvalue()
            line.seek(0)
            line.truncate()
    yield line.getvalue()


def as_json(rows: Iterable[Row], about: Row) -> Iterator[str]:
    """One object: what meeting it is, then every utterance."""
    yield json.dumps(about, default=str, ensure_ascii=False)[:-1] + ', "transcript": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, default=str, ensure_ascii=False)
    yield "\n]}\n"


def as_vtt(rows: Iterable[Row], _: Row) -> Iterator[str]:
    """Captions of WebVTT, each with its speaker."""
    yield "WEBVTT\n"
    for row in rows:
        span = f"{_clock(row['start_s'])} --> {_clock(max(row['end_s'], row['start_s'] + 0.001))}"
        speaker, text = (_escaped(str(row[name])) for name in ("speaker", "text"))
        yield f"\n{row['utterance_id']}\n{span}\n<v {speaker}>{text}</v>\n"


def _escaped(text: str) -> str:
    """Words as WebVTT takes them: nothing in them ends a cue or opens a tag."""
    whole = " ".join(text.split())
    return whole.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(seconds: float) -> str:
    whole, rest = divmod(round(seconds * 1000), 60_000)
    hours, minutes = divmod(whole, 60)
    return f"{hours:02d}:{minutes:02d}:{rest // 1000:02d}.{rest % 1000:03d}"


FORMATS: dict[str, tuple[Callable[[Iterable[Row], Row], Iterator[str]], str]] = {
    "vtt": (as_vtt, "text/vtt"),
    "csv": (as_csv, "text/csv"),
    "json": (as_json, "application/json"),
}


def add_downloads(app: FastAPI) -> None:
    """The addresses ``/meeting/ID/transcript.vtt``, ``.csv`` and ``.json``."""
    for format in FORMATS:
        path = f"/meeting/{{meeting_id:path}}/transcript.{format}"
        app.add_api_route(path, _route(format), methods=["GET"], response_model=None)


def _route(format: str) -> Callable[..., Response]:
    write, kind = FORMATS[format]

    def download(request: Request, meeting_id: str) -> Response:
        if not meeting_id:
            raise NotInArchiveError("meeting", meeting_id, None)
        with request.app.state.live.reader() as reader:
            (found, *_) = meetings(reader, Filters(meeting=meeting_id))
            about = {"meeting": Outward(reader).shown(asdict(found), meeting_id)}
        base = str(request.base_url).rstrip("/")

        def streamed() -> Iterator[str]:
            # a reader of its own, for a slow line may take longer than a page is given
            with request.app.state.live.reader() as reader:
                rows = _rows(base, meeting_id, _said(request, reader, meeting_id))
                yield from write(rows, about)

        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in meeting_id)[:100]
        saved = f'attachment; filename="{name}.{format}"'
        kind_told = f"{kind}; charset=utf-8"
        return StreamingResponse(
            streamed(), media_type=kind_told, headers={"Content-Disposition": saved}
        )

    return download
