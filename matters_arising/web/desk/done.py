"""What was decided a moment ago, with the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, HTTPException, Query
from fastapi.responses import RedirectResponse, Response

from matters_arising.errors import BadInputError, NotInArchiveError
from matters_arising.web.desk.back import can_go_back, decided_before
from matters_arising.web.desk.door import Place, Writing, local
from matters_arising.web.desk.queue import a_queue
from transcripts import checks
from transcripts.about import StaleError, Thing, lines_about, mark_of
from transcripts.ledger import Decision, now
from transcripts.taken_back import nothing_stands_on, taken_back_with
from warehouse.written import LineRow, rows_of

router = APIRouter(prefix="/desk")
MOST = 12  # lines that one decision amounts to
Done = Annotated[str, Query(max_length=200)]  # the ids of lines that were written just now
Again = Callable[[dict[str, Any], int], Response]  # the page once more, with a status


@dataclass(frozen=True, slots=True)
class Banner:
    """Lines as people read them; ``undone`` is whether they were taken back, ``back`` whether they
    can be. ``again`` is where the same is decided again, ``before`` what can be taken back next."""

    ids: str
    mark: str
    lines: tuple[LineRow, ...]
    undone: bool
    back: bool
    again: str = ""
    before: Banner | None = None


def banner(at: Place, ids: str, query: str = "") -> Banner | None:
    """The banner of some lines; None where there are none of these ids.

    Of an undoing it tells what was taken back, which is never done again from here by the same
    key. ``query`` narrows the queue to which it leads.
    """
    named = at.desk.lines.named([part for part in ids.split(",") if part][:MOST])
    undoing = [line.verdict for line in named if line.kind == "undo"]
    found = at.desk.lines.named([n.id for n in named if n.kind != "undo"] + undoing)
    if not found:
        return None
    every = at.desk.lines.all()
    made = _banner(at, found, every)
    if not made.undone:
        return made
    session = at.clerk.session
    next_one = decided_before(every, found, at.clerk.name, session.began_s) if undoing else []
    before = _banner(at, next_one, every) if 0 < len(next_one) <= MOST else None
    return replace(made, again=_again(at, found, query), before=before)


def _banner(at: Place, found: Sequence[Decision], every: Sequence[Decision]) -> Banner:
    rows = rows_of(at.reader, found, every)
    undone = all(row.undone_by for row in rows)
    return Banner(
        ids=",".join(line.id for line in found),
        mark=_mark(found, every),
        lines=tuple(rows),
        undone=undone,
        back=not undone and all(map(can_go_back, found)),
    )


def _again(at: Place, found: Sequence[Decision], query: str) -> str:
    """Where what was taken back can be decided again; nothing where that is here, or not known."""
    last = found[-1]
    case = a_queue(at.request).decided_by(last)
    if case is not None:
        path = f"/desk/review/{case.id}"
    elif last.reference:
        path, query = f"/desk/register/{quote(last.reference)}", ""
    else:
        path, query = ("/desk/corrections", "") if last.kind == "withhold" else ("", "")
    if unquote(path) == at.request.url.path:
        return ""
    return f"{path}?{query}" if query else path


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
        every, when = at.desk.lines.all(), now()
        going = {d.id: d for each in found for d in taken_back_with(every, each.id)}
        nothing_stands_on(every, list(going.values()))
        back = [Decision("undo", each, at.clerk.name, when) for each in going]
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
