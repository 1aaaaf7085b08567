"""The pages of corrections: the form that anybody may send, and the inbox behind the log-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from matters_arising.errors import BadInputError, MattersArisingError
from matters_arising.web.desk.corrections import LONGEST, Corrections
from matters_arising.web.desk.done import Done, banner, kept
from matters_arising.web.desk.door import AtDesk, Desk, Place, Writing, form_page
from matters_arising.web.desk.tokens import COOKIE, cookie_name, from_here
from transcripts.ledger import Decision, now
from warehouse import deciding
from warehouse.deciding import By

public = APIRouter()
router = APIRouter(prefix="/desk")
TITLE = "Ask for a correction"
WHY = (
    "Words can be misheard, names mistaken, and things found that are none. Tell us, and a person "
    "decides. To have a name taken out, say so here too."
)
What = Annotated[str, Form(max_length=2 * LONGEST["what"])]
Where = Annotated[str, Form(max_length=2 * LONGEST["where"])]
Contact = Annotated[str, Form(max_length=2 * LONGEST["contact"])]


@public.get("/corrections", response_model=None)
def ask(
    request: Request,
    where: Annotated[str, Query(max_length=LONGEST["where"])] = "",
    sent: bool = False,
) -> Response:
    """The form; ``sent``: that one was kept."""
    return _form(request, {"where": where, "sent": sent})


@public.get("/corrections.json")
def ask_as_data() -> dict[str, Any]:
    """What the form asks for, and where it is: for programs that show people the way to it."""
    return {"title": TITLE, "form": "/corrections", "why": WHY, "most_letters": LONGEST}


@public.post("/corrections", response_model=None)
def send(
    request: Request,
    token: Annotated[str, Form(max_length=100)] = "",
    what: What = "",
    where: Where = "",
    contact: Contact = "",
) -> Response:
    """Keeps what a reader says is wrong."""
    desk: Desk = request.app.state.desk
    from_here(request)
    desk.forms.check(request.cookies.get(cookie_name(request, COOKIE), ""), token)
    typed = {"what": what, "where": where, "contact": contact}
    wait = desk.attempts.correct(request.client.host if request.client else "")
    if wait:
        fault = f"many corrections came from where you are; try again in {-(-wait // 60)} minutes"
        answer = _form(request, {**typed, "fault": fault}, 429)
        answer.headers["Retry-After"] = str(wait)
        return answer
    try:
        Corrections(desk.home).add(what, where, contact)
    except BadInputError as fault:
        return _form(request, {**typed, "fault": str(fault)}, 400)
    return RedirectResponse("/corrections?sent=1", 303)


def _form(request: Request, data: Mapping[str, Any], status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    about = {"title": TITLE, "why": WHY, "most": LONGEST, "twin": "/corrections.json"}
    blank = {**about, "what": "", "where": "", "contact": "", "fault": "", "sent": False}
    return form_page(request, desk, "corrections.html", {**blank, **data}, status)


@router.get("/corrections", response_model=None)
def inbox(at: AtDesk, done: Done = "") -> Response:
    """What readers say is wrong, open ones first."""
    return _inbox(at, {"banner": banner(at, done)})


@router.post("/corrections", response_model=None)
def close(
    at: Writing,
    correction: Annotated[str, Form(max_length=40)] = "",
    line: Annotated[str, Form(max_length=40)] = "",
    reference: Annotated[str, Form(max_length=60)] = "",
    reason: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Closes one: with the line that put it right, a note in the register, or a reason alone."""
    inbox = Corrections(at.desk.home)
    held = next((c for c in inbox.all() if c.id == correction), None)
    if held is None:
        raise HTTPException(404)
    line, reason, reference = line.strip(), reason.strip(), reference.strip()
    try:
        if not reason:
            raise BadInputError("say what was done about it, or why nothing was")
        if line and not at.desk.lines.named([line]):
            raise BadInputError(f"no line '{line}' is in the ledger; the audit page lists them")
        if held.closed_by:
            raise BadInputError(f"{held.closed_by} closed this meanwhile; nothing was changed")
        if reference:
            note = deciding.noted(at.reader, reference, By(at.clerk.name, "a correction"), reason)
            (made,) = at.desk.keeper.keep([note])
            line = made.id
        inbox.close(correction, at.clerk.name, reason, line)
    except MattersArisingError as fault:
        data = {"fault": str(fault), "at": correction, "reason": reason}
        return _inbox(at, data, 409 if held.closed_by else 400)
    return RedirectResponse("/desk/corrections", 303)


@router.post("/names", response_model=None)
def name(
    at: Writing,
    name: Annotated[str, Form(max_length=200)] = "",
    verdict: Annotated[str, Form(max_length=20)] = "withheld",
    why: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Has a name shown nowhere any more, or again."""
    plain, why = " ".join(name.split()), why.strip()

    def written() -> list[Decision]:
        if len(plain) < 2 or not plain.isprintable() or verdict not in ("withheld", "shown"):
            raise BadInputError("write the name that is to be withheld, or shown again")
        line = Decision(
            kind="withhold", verdict=verdict, who=at.clerk.name, when=now(), why=why, name=plain
        )
        return at.desk.keeper.keep([line])

    def again(data: dict[str, Any], status: int) -> Response:
        return _inbox(at, {**data, "name": name}, status)

    return kept(at, written, again, lambda: "/desk/corrections")


def _inbox(at: Place, data: Mapping[str, Any], status: int = 200) -> Response:
    found = Corrections(at.desk.home).all()
    about: dict[str, Any] = {
        "open": [c for c in found if not c.closed_by],
        "closed": [c for c in reversed(found) if c.closed_by][:50],
        "at": "",
        "reason": "",
        "name": "",
    }
    about |= data
    if about["at"] not in [c.id for c in found if not c.closed_by]:
        about["at"] = ""  # closed meanwhile: what is to be said is said at the top
    return at.shown("desk/corrections.html", about, status)
