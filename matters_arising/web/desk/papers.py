"""What the desk prints and looks through: the matters arising page, reports, who decided what."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Query
from fastapi.responses import Response

from matters_arising.errors import BadInputError
from matters_arising.web.desk.corrections import Corrections
from matters_arising.web.desk.done import Done, banner, told
from matters_arising.web.desk.door import AtDesk
from matters_arising.web.desk.queue import TheQueue
from matters_arising.web.desk.review import Asked, waiting
from matters_arising.web.outward import Outward
from matters_arising.web.reading import Offset, around
from transcripts.ledger import KINDS
from transcripts.reviewing import by_meeting
from transcripts.tracker.agenda import RECORD, Agenda
from transcripts.tracker.agenda_pages import as_docx
from warehouse.arising import agenda_for
from warehouse.listings import meetings
from warehouse.reader import Reader
from warehouse.written import LineRow

router = APIRouter(prefix="/desk")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS = 50
LINES = 100  # of the ledger a page
Word = Annotated[str, Query(max_length=300)]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page for an agenda is asked for: ``parts`` by number, all where none were offered."""

    committee: str
    day: str
    parts: tuple[str, ...]
    chosen: bool = False

    def has(self, part: str) -> bool:
        """Whether a part is in it."""
        return part in self.parts or not (self.parts or self.chosen)


def wanted(
    committee: Word = "",
    day: Annotated[str, Query(alias="for", max_length=20)] = "",
    part: Annotated[list[str], Query(max_length=20)] = [],  # noqa: B006 FastAPI makes it anew
    chosen: bool = False,
) -> Wanted:
    """What the address asks for."""
    return Wanted(committee.strip(), day, tuple(part), chosen)


AWanted = Annotated[Wanted, Depends(wanted)]


@router.get("", response_model=None)
def first(at: AtDesk, queue: TheQueue, done: Done = "") -> Response:
    """What waits, in one look."""
    found = waiting(at, queue, Asked())
    own = [line for line in at.desk.lines.all() if line.who == at.clerk.name][-8:]
    data = {
        "waiting": found,
        "worst": found[:3],
        "corrections": len(Corrections(at.desk.home).waiting()),
        "reports": _reports(at.desk.home)[:1],
        "own": told(at, own)[::-1],
        "committees": _committees(at.reader),
        "today": date.today().isoformat(),
        "banner": banner(at, done),
    }
    return at.shown("desk/first.html", data)


@router.get("/arising", response_model=None)
def arising(at: AtDesk, asked: AWanted) -> Response:
    """The page for the agenda of a committee's meeting, its parts as they are chosen."""
    page, chosen = _agenda(at.reader, asked)
    data = {
        "agenda": at.outward(page),
        "committees": _committees(at.reader),
        "committee": asked.committee,
        "day": asked.day or date.today().isoformat(),
        "parts": chosen,
        "query": at.request.url.query,
        "record": RECORD,
    }
    return at.shown("desk/arising.html", data)


@router.get("/arising.docx", response_model=None)
def document(at: AtDesk, asked: AWanted) -> Response:
    """The same as a document."""
    page, _ = _agenda(at.reader, asked)
    if page is None:
        raise BadInputError("choose a committee first")
    name = re.sub(r"[^A-Za-z0-9-]+", "-", f"matters-arising-{page.committee}-{page.day}").lower()
    in_paper = Outward(at.reader, str(at.request.base_url).rstrip("/")).shown(page)
    headers = {"Content-Disposition": f'attachment; filename="{name}.docx"'}
    return Response(as_docx(in_paper), media_type=WORD, headers=headers)


def _agenda(reader: Reader, asked: Wanted) -> tuple[Agenda | None, list[tuple[str, str, bool]]]:
    """The page with the chosen parts; all parts by number, title and whether they are in it."""
    if not asked.committee:
        return None, []
    try:
        on = date.fromisoformat(asked.day) if asked.day else date.today()
    except ValueError:
        raise BadInputError(f"'{asked.day}' is no day; write it as 2026-09-10") from None
    page = agenda_for(reader, asked.committee, on)
    numbered = [(str(n), section) for n, section in enumerate(page.sections)]
    chosen = [(n, s.title, asked.has(n)) for n, s in numbered]
    kept = tuple(s for n, s in numbered if asked.has(n))
    return Agenda(page.committee, page.day, page.since, kept, page.searched), chosen


def _committees(reader: Reader) -> list[str]:
    return sorted({m.committee for m in meetings(reader)})


@router.get("/reports", response_model=None)
def reports(at: AtDesk) -> Response:
    """What each run did, the newest first; how long people took over what is doubtful."""
    titles = {m.meeting_id: m.title or m.committee for m in meetings(at.reader)}
    sittings = [(titles.get(r.meeting_id, r.meeting_id), r) for r in by_meeting(at.desk.home)]
    data = {"reports": _reports(at.desk.home), "sittings": sittings}
    return at.shown("desk/reports.html", data)


@router.get("/reports/{name}", response_model=None)
def report(at: AtDesk, name: str) -> Response:
    """One run, meeting by meeting; every failure with its sentence."""
    # looked for among those there are: what somebody writes never becomes a path
    found = next((r for r in _reports(at.desk.home) if r["name"] == name), None)
    if found is None:
        raise HTTPException(404)
    return at.shown("desk/report.html", {"report": found})


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
    at: AtDesk,
    who: Word = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    about: Word = "",
    offset: Offset = 0,
    done: Done = "",
) -> Response:
    """Every line of the ledger, newest first: who decided what, and what was taken back."""
    if kind and kind not in KINDS:
        raise BadInputError(f"no kind of line '{kind}' (there is: {', '.join(KINDS)})")
    every = at.desk.lines.all()
    lines = [d for d in reversed(every) if who in ("", d.who) and kind in ("", d.kind)]
    words = about.casefold().split()
    if words:
        found = [row for row in told(at, lines) if _speaks_of(row, words)]
        rows = found[offset:][: LINES + 1]
    else:
        rows = told(at, lines[offset:][: LINES + 1])
    one_each = list({d.who: d for d in every}.values())
    data = {
        "rows": rows[:LINES],
        "people": sorted({row.who for row in told(at, one_each)}),
        "kinds": KINDS,
        "who": who,
        "kind": kind,
        "about": about,
        "offset": offset,
        "banner": banner(at, done),
        **around(offset, LINES, more=len(rows) > LINES),
    }
    return at.shown("desk/audit.html", data)


def _speaks_of(row: LineRow, words: Sequence[str]) -> bool:
    text = f"{row.about} {row.verdict} {row.id}".casefold()
    return all(word in text for word in words)
