"""What was decided a moment ago, with the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from matters_arising.web.desk.door import AWriter, Desk, TheDesk, local, shown
from matters_arising.web.reading import Reading
from transcripts.about import StaleError, Thing, lines_about, mark_of
from transcripts.ledger import Decision, now
from warehouse.reader import Reader
from warehouse.written import LineRow, rows_of

router = APIRouter(prefix="/desk")
MOST = 12  # lines that one decision amounts to


@dataclass(frozen=True, slots=True)
class Banner:
    """Lines as people read them; ``undone`` is whether they were taken back."""

    ids: str
    mark: str
    lines: tuple[LineRow, ...]
    undone: bool


def banner(desk: Desk, reader: Reader, ids: str) -> Banner | None:
    """The banner of some lines; None where there are none of these ids."""
    wanted = [part for part in ids.split(",") if part][:MOST]
    found = desk.lines.named(wanted)
    if not found:
        return None
    every = desk.lines.all()
    rows = rows_of(reader, found, every)
    return Banner(
        ",".join(line.id for line in found),
        _mark(found, every),
        tuple(rows),
        all(row.undone_by for row in rows),
    )


def told(desk: Desk, reader: Reader, lines: Sequence[Decision]) -> list[LineRow]:
    """Lines as people may read them, hidden names taken out."""
    return rows_of(reader, lines, desk.lines.all())


@router.post("/undo", response_model=None)
def undo(
    request: Request,
    clerk: AWriter,
    desk: TheDesk,
    reader: Reading,
    line: Annotated[str, Form(max_length=200)] = "",
    mark: Annotated[str, Form(max_length=400)] = "",
    to: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Takes lines back by further lines; refuses where somebody has done so meanwhile."""
    found = desk.lines.named(line.split(",")[:MOST])
    if not found:
        raise HTTPException(404)
    back = [Decision(kind="undo", verdict=f.id, who=clerk.name, when=now()) for f in found]
    try:
        made = desk.keeper.keep(back, _unless_undone(found, mark))
    except StaleError as stale:
        data = {
            "stale": told(desk, reader, stale.lines),
            "back": local(to),
            "banner": banner(desk, reader, line),
        }
        return shown(request, clerk, "desk/stale.html", data, 409)
    address = local(to)
    done = ",".join(m.id for m in made)
    return RedirectResponse(f"{address}{'&' if '?' in address else '?'}done={done}", 303)


def _mark(found: Sequence[Decision], every: Sequence[Decision]) -> str:
    return mark_of([d for f in found for d in lines_about(every, Thing(line_id=f.id))])


def _unless_undone(found: Sequence[Decision], seen: str) -> Callable[[list[Decision]], None]:
    def given(every: list[Decision]) -> None:
        if _mark(found, every) != seen:
            ids = {f.id for f in found}
            raise StaleError([d for d in every if d.kind == "undo" and d.verdict in ids])

    return given
