"""What was decided a moment ago, with the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query
from fastapi.responses import RedirectResponse, Response

from matters_arising.errors import BadInputError, NotInArchiveError
from matters_arising.web.desk.door import Place, Writing, local
from transcripts import checks
from transcripts.about import StaleError, Thing, lines_about, mark_of
from transcripts.ledger import Decision, now
from warehouse.written import LineRow, rows_of

router = APIRouter(prefix="/desk")
MOST = 12  # lines that one decision amounts to
Done = Annotated[str, Query(max_length=200)]  # the ids of lines that were written just now
Again = Callable[[dict[str, Any], int], Response]  # the page once more, with a status


@dataclass(frozen=True, slots=True)
class Banner:
    """Lines as people read them; ``undone`` is whether they were taken back."""

    ids: str
    mark: str
    lines: tuple[LineRow, ...]
    undone: bool


def banner(at: Place, ids: str) -> Banner | None:
    """The banner of some lines; None where there are none of these ids."""
    wanted = [part for part in ids.split(",") if part][:MOST]
    found = at.desk.lines.named(wanted)
    if not found:
        return None
    every = at.desk.lines.all()
    rows = rows_of(at.reader, found, every)
    return Banner(
        ",".join(line.id for line in found),
        _mark(found, every),
        tuple(rows),
        all(row.undone_by for row in rows),
    )


def told(at: Place, lines: Sequence[Decision]) -> list[LineRow]:
    """Lines as people may read them, hidden names taken out."""
    return rows_of(at.reader, lines, at.desk.lines.all())


def kept(
    at: Place, write: Callable[[], list[Decision]], again: Again, to: Callable[[], str]
) -> Response:
    """Writes lines and goes on to where ``to`` leads, with what was written told there.

    What others decided meanwhile, or a fault in what was typed, is shown ``again`` with the form.
    """
    try:
        made = write()
    except StaleError as stale:
        return again({"stale": told(at, stale.lines)}, 409)
    except (BadInputError, NotInArchiveError) as fault:
        return again({"fault": at.sentence(str(fault))}, 400)
    address = to()
    joint = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{joint}done={','.join(m.id for m in made)}", 303)


@router.post("/undo", response_model=None)
def undo(
    at: Writing,
    line: Annotated[str, Form(max_length=200)] = "",
    mark: Annotated[str, Form(max_length=400)] = "",
    to: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Takes lines back by further lines; refuses where somebody has done so meanwhile."""
    found = at.desk.lines.named(line.split(",")[:MOST])
    if not found:
        raise HTTPException(404)

    def written() -> list[Decision]:
        for each in found:
            checks.undoable(each)
        back = [Decision(kind="undo", verdict=f.id, who=at.clerk.name, when=now()) for f in found]
        return at.desk.keeper.keep(back, _unless_undone(found, mark))

    def again(data: dict[str, Any], status: int) -> Response:
        about = {"back": local(to), "banner": banner(at, line)}
        return at.shown("desk/stale.html", about | data, status)

    return kept(at, written, again, lambda: local(to))


def _mark(found: Sequence[Decision], every: Sequence[Decision]) -> str:
    return mark_of([d for f in found for d in lines_about(every, Thing(line_id=f.id))])


def _unless_undone(found: Sequence[Decision], seen: str) -> Callable[[list[Decision]], None]:
    def given(every: list[Decision]) -> None:
        if _mark(found, every) != seen:
            ids = {f.id for f in found}
            raise StaleError([d for d in every if d.kind == "undo" and d.verdict in ids])

    return given
