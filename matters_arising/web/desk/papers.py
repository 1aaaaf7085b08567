"""What the desk prints and looks through: the matters arising page, reports, who decided what."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from matters_arising.errors import BadInputError
from matters_arising.web.desk.corrections import Corrections
from matters_arising.web.desk.done import told
from matters_arising.web.desk.door import AClerk, TheDesk, shown
from matters_arising.web.desk.review import Asked, TheQueue, waiting
from matters_arising.web.outward import Outward
from matters_arising.web.reading import Reading
from transcripts.ledger import KINDS
from transcripts.tracker.agenda import RECORD, Agenda
from transcripts.tracker.agenda_pages import as_docx
from warehouse.arising import agenda_for
from warehouse.listings import meetings
from warehouse.reader import Reader

router = APIRouter(prefix="/desk")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS = 50
LINES = 100  # of the ledger a page
Word = Annotated[str, Query(max_length=300)]


@router.get("", response_model=None)
def first(
    request: Request, clerk: AClerk, desk: TheDesk, queue: TheQueue, reader: Reading
) -> Response:
    """What waits, in one look."""
    found = waiting(desk, queue, reader, Asked())
    lines = desk.lines.all()
    own = [line for line in lines if line.who == clerk.name][-8:]
    data = {
        "waiting": found,
        "worst": found[:3],
        "corrections": sum(not c.closed_by for c in Corrections(desk.home).all()),
        "reports": _reports(desk.home)[:1],
        "own": told(desk, reader, own)[::-1],
        "committees": _committees(reader),
        "today": date.today().isoformat(),
    }
    return shown(request, clerk, "desk/first.html", data)


@router.get("/arising", response_model=None)
def arising(
    request: Request,
    clerk: AClerk,
    reader: Reading,
    committee: Word = "",
    day: Annotated[str, Query(alias="for", max_length=20)] = "",
    part: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006 FastAPI makes it anew
) -> Response:
    """The page for the agenda of a committee's meeting, its parts as they are chosen."""
    page, chosen = _agenda(reader, committee, day, part)
    data = {
        "agenda": Outward(reader).shown(page),
        "committees": _committees(reader),
        "committee": committee,
        "day": day or date.today().isoformat(),
        "parts": chosen,
        "query": request.url.query,
        "record": RECORD,
    }
    return shown(request, clerk, "desk/arising.html", data)


@router.get("/arising.docx", response_model=None)
def document(
    request: Request,
    clerk: AClerk,
    reader: Reading,
    committee: Word = "",
    day: Annotated[str, Query(alias="for", max_length=20)] = "",
    part: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006
) -> Response:
    """The same as a document."""
    page, _ = _agenda(reader, committee, day, part)
    if page is None:
        raise BadInputError("choose a committee first")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", f"matters-arising-{page.committee}-{page.day}").lower()
    shown_in_paper = Outward(reader, str(request.base_url).rstrip("/")).shown(page)
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"'}
    return Response(as_docx(shown_in_paper), media_type=WORD, headers=headers)


def _agenda(
    reader: Reader, committee: str, day: str, wanted: Sequence[str]
) -> tuple[Agenda | None, list[tuple[str, str, bool]]]:
    """The page with the chosen parts; all parts by number, title and whether they are in it."""
    if not committee.strip():
        return None, []
    try:
        on = date.fromisoformat(day) if day else date.today()
    except ValueError:
        raise BadInputError(f"'{day}' is no day; write it as 2026-09-10") from None
    page = agenda_for(reader, committee.strip(), on)
    numbered = [(str(n), section) for n, section in enumerate(page.sections)]
    chosen = [(n, s.title, not wanted or n in wanted) for n, s in numbered]
    kept = tuple(s for n, s in numbered if not wanted or n in wanted)
    return Agenda(page.committee, page.day, page.since, kept, page.searched), chosen


def _committees(reader: Reader) -> list[str]:
    return sorted({m.committee for m in meetings(reader)})


@router.get("/reports", response_model=None)
def reports(request: Request, clerk: AClerk, desk: TheDesk) -> Response:
    """What each run did, the newest first."""
    return shown(request, clerk, "desk/reports.html", {"reports": _reports(desk.home)})


@router.get("/reports/{name}", response_model=None)
def report(request: Request, clerk: AClerk, desk: TheDesk, name: str) -> Response:
    """One run, meeting by meeting; every failure with its sentence."""
    # looked for among those there are: what somebody writes never becomes a path
    found = next((r for r in _reports(desk.home) if r["name"] == name), None)
    if found is None:
        raise HTTPException(404)
    return shown(request, clerk, "desk/report.html", {"report": found})


def _reports(home: Path) -> list[dict[str, Any]]:
    paths = sorted((home / "reports").glob("*.json"), reverse=True)[:REPORTS]
    return [r for r in map(_report, paths) if r]


def _report(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        rows = [m for m in told.get("meetings", ()) if isinstance(m, dict)]
        kept = [_outcome(row) for row in rows]
    except (OSError, ValueError, AttributeError):
        return {}  # no report, or one that is being written
    when = path.stem
    if re.fullmatch(r"\d{8}T\d{6,}", when):
        when = f"{when[:4]}-{when[4:6]}-{when[6:8]} {when[9:11]}:{when[11:13]}"
    failed = sum(row["outcome"] == "failed" for row in kept)
    return {"name": path.stem, "when": when, "meetings": kept, "failed": failed}


def _outcome(row: dict[str, Any]) -> dict[str, Any]:
    """What the desk shows of one meeting; where its file lies is the operator's affair."""
    shares = {name: row.get(name) for name in ("named_share", "transcribed_share")}
    texts = {name: str(row.get(name, "")) for name in ("meeting_id", "outcome", "message")}
    numbers = {name: row.get(name, 0) for name in ("seconds", "words", "findings", "gaps")}
    where = Path(str(row.get("where", ""))).name
    return {**texts, **shares, **numbers, "where": where}


@router.get("/audit", response_model=None)
def audit(
    request: Request,
    clerk: AClerk,
    desk: TheDesk,
    reader: Reading,
    who: Word = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    about: Word = "",
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:
    """Every line of the ledger, newest first: who decided what, and what was taken back."""
    if kind and kind not in KINDS:
        raise BadInputError(f"no kind of line '{kind}' (there is: {', '.join(KINDS)})")
    words = about.casefold().split()
    one_each = list({d.who: d for d in desk.lines.all()}.values())
    lines = [d for d in reversed(desk.lines.all()) if who in ("", d.who) and kind in ("", d.kind)]
    rows = told(desk, reader, lines) if words else told(desk, reader, lines[offset:][: LINES + 1])
    if words:
        rows = [
            r for r in rows if all(w in f"{r.about} {r.verdict} {r.id}".casefold() for w in words)
        ]
        rows = rows[offset:][: LINES + 1]
    data = {
        "rows": rows[:LINES],
        "people": sorted({row.who for row in told(desk, reader, one_each)}),
        "kinds": KINDS,
        "who": who,
        "kind": kind,
        "about": about,
        "previous": max(0, offset - LINES) if offset else None,
        "next": offset + LINES if len(rows) > LINES else None,
    }
    return shown(request, clerk, "desk/audit.html", data)
