"""The pages of corrections: the form that anybody may send, and the inbox behind the log-in."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from matters_arising.errors import BadInputError, NotInArchiveError, StoreError
from matters_arising.web.desk.corrections import LONGEST, ClosedError, Corrections, FullError
from matters_arising.web.desk.done import Done, banner, kept
from matters_arising.web.desk.door import AtDesk, Desk, Place, Writing, form_page
from matters_arising.web.desk.filled import CLOSING, Typed, short_enough, typed
from matters_arising.web.desk.tokens import COOKIE, cookie_name, from_here
from transcripts.about import lines_of_names, mark_of, unless_named
from transcripts.ledger import Decision, now
from warehouse import deciding
from warehouse.deciding import By

logger = logging.getLogger(__name__)

public = APIRouter()
router = APIRouter(prefix="/desk")
TITLE = "Ask for a correction"
WHY = (
    "Words can be misheard, names mistaken, and things found that are none. Tell us, and a person "
    "decides. To have a name taken out, say so here too."
)
MANY = "many corrections came from where you are; try again in {minutes} minutes"
NOBODY = "nobody reads corrections here any more, so it was not kept; copy it from below"
NOT_KEPT = "it could not be kept just now; send it again in a minute"
What = Annotated[str, Form(max_length=2 * LONGEST["what"])]
Where = Annotated[str, Form(max_length=2 * LONGEST["where"])]
Contact = Annotated[str, Form(max_length=2 * LONGEST["contact"])]


@public.get("/corrections", response_model=None)
def ask(
    request: Request,
    where: Annotated[str, Query(max_length=LONGEST["where"])] = "",
    sent: bool = False,
) -> Response:
    """The form, or whom to write to where nobody would read it; ``sent``: that one was kept."""
    return _form(request, {"where": where, "sent": sent})


@public.get("/corrections.json")
def ask_as_data(request: Request) -> dict[str, Any]:
    """What the form asks for, and where it is: for programs that show people the way to it.

    ``form`` is empty where nobody would read it, and ``contact`` is whom to write to.
    """
    form = "/corrections" if request.app.state.desk.open else ""
    told = {"title": TITLE, "form": form, "why": WHY, "most_letters": LONGEST}
    return told | {"contact": request.app.state.contact}


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

    def again(fault: str, status: int) -> Response:
        typed = {"what": what, "where": where, "contact": contact, "fault": fault}
        return _form(request, typed, status)

    if not desk.open:
        return again(NOBODY, 404)
    try:
        wait = desk.attempts.correct(request.client.host if request.client else "")
        if wait:
            answer = again(MANY.format(minutes=-(-wait // 60)), 429)
            answer.headers["Retry-After"] = str(wait)
            return answer
        Corrections(desk.home).add(what, where, contact)
    except BadInputError as fault:
        return again(str(fault), 400)
    except FullError as fault:
        return again(str(fault), 503)
    except StoreError as fault:
        logger.error("could not keep a correction: %s", fault)  # it may name our folders
        return again(NOT_KEPT, 503)
    return RedirectResponse("/corrections?sent=1", 303)


def _form(request: Request, data: Mapping[str, Any], status: int = 200) -> Response:
    desk: Desk = request.app.state.desk
    about: dict[str, Any] = {"title": TITLE, "why": WHY, "most": LONGEST}
    about |= {"twin": "/corrections.json"}
    about |= {"open": desk.open, "write_to": request.app.state.contact}
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
    line: Typed = "",
    reference: Typed = "",
    reason: Typed = "",
) -> Response:
    """Closes one: with the line that put it right, a note in the register, or a reason alone."""
    inbox = Corrections(at.desk.home)
    if correction not in [c.id for c in inbox.all()]:
        raise HTTPException(404)
    sent = {"line": typed(line), "reference": typed(reference), "reason": typed(reason)}
    line, reference, reason = sent.values()

    def again(fault: str, status: int) -> Response:
        return _inbox(at, {"fault": fault, "at": correction, "sent": sent}, status)

    try:
        for what, value in sent.items():
            short_enough(what, value, CLOSING[what])
        if not reason:
            raise BadInputError("say what was done about it, or why nothing was")
        if line and not at.desk.lines.named([line]):
            raise BadInputError(f"no line '{line}' is in the ledger; the audit page lists them")
        by = By(at.clerk.name, "a correction")
        note = deciding.noted(at.reader, reference, by, reason) if reference else None
        written = (lambda: at.desk.keeper.keep([note])[0].id) if note else (lambda: line)
        inbox.close(correction, at.clerk.name, reason, written)
    except (BadInputError, NotInArchiveError) as fault:
        return again(at.sentence(str(fault)), 400)
    except ClosedError as fault:
        return again(str(fault), 409)
    except StoreError as fault:
        logger.error("could not close a correction: %s", fault)
        return again(NOT_KEPT, 503)
    return RedirectResponse("/desk/corrections", 303)


@router.post("/names", response_model=None)
def name(
    at: Writing,
    mark: Annotated[str, Form(max_length=100)] = "",
    name: Typed = "",
    verdict: Annotated[str, Form(max_length=20)] = "withheld",
    why: Typed = "",
) -> Response:
    """Has a name shown nowhere any more, or again; unless somebody decided of it meanwhile."""
    plain, why = " ".join(name.split()), typed(why)

    def written() -> list[Decision]:
        if len(plain) < 2 or not plain.isprintable() or verdict not in ("withheld", "shown"):
            raise BadInputError("write the name that is to be withheld, or shown again")
        short_enough("name", plain, CLOSING["name"])
        short_enough("reason", why, CLOSING["why"])
        line = Decision(
            kind="withhold", verdict=verdict, who=at.clerk.name, when=now(), why=why, name=plain
        )
        return at.desk.keeper.keep([line], unless_named(plain, mark))

    def again(data: dict[str, Any], status: int) -> Response:
        # a fault in what was typed changes nothing of what was seen
        seen = {"names_mark": mark} if "fault" in data else {}
        typed = {"name": name, "verdict": verdict, "why": why}
        return _inbox(at, {**data, **seen, **typed}, status)

    return kept(at, written, again, lambda: "/desk/corrections")


def _inbox(at: Place, data: Mapping[str, Any], status: int = 200) -> Response:
    found = Corrections(at.desk.home).all()
    about: dict[str, Any] = {
        "open": [c for c in found if not c.closed_by],
        "closed": [c for c in reversed(found) if c.closed_by][:50],
        "at": "",
        "sent": {"line": "", "reference": "", "reason": ""},
        "most": CLOSING,
        "names_mark": mark_of(lines_of_names(at.desk.lines.all())),
        "name": "",
        "verdict": "withheld",
        "why": "",
    }
    about |= data
    if about["at"] not in [c.id for c in found if not c.closed_by]:
        about["at"] = ""  # closed meanwhile: what is to be said is said at the top
    return at.shown("desk/corrections.html", about, status)
