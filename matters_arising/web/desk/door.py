"""Who comes to the desk: log-in and log-out, and what every page behind them asks first."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from matters_arising.web.desk.accounts import LONGEST, LONGEST_NAME, OURS, Accounts
from matters_arising.web.desk.attempts import Attempts
from matters_arising.web.desk.book import Book
from matters_arising.web.desk.keeping import Keeper
from matters_arising.web.desk.lines import Lines
from matters_arising.web.desk.sessions import WHOLE_S, Session, Sessions, stamp_of
from matters_arising.web.desk.sittings import Sittings
from matters_arising.web.desk.tokens import (
    COOKIE,
    FOREIGN,
    Forms,
    cookie_name,
    from_here,
    same,
)
from matters_arising.web.headers import USER
from matters_arising.web.outward import Outward
from matters_arising.web.reading import Reading
from transcripts.ledger import withheld_names
from warehouse.hidden import hidden_names
from warehouse.reader import LiveReader, Reader
from warehouse.since import is_behind

SESSION = "matters-desk"
HOME = "/desk"
# where the forms stand that are sent to an address without a page
FORM_ON = {f"{HOME}/names": f"{HOME}/corrections", f"{HOME}/log-out": HOME, f"{HOME}/undo": HOME}
BY_PROXY = "named by the proxy"

router = APIRouter(prefix=HOME)


@dataclass
class Desk:
    """What the desk of one archive has. ``named`` is whether a proxy says who comes; ``wanted`` is
    whether its pages are among those that are served."""

    home: Path
    named: bool = False
    wanted: bool = True
    accounts: Accounts = field(init=False)
    keeper: Keeper = field(init=False)
    lines: Lines = field(init=False)
    sessions: Sessions = field(init=False)
    attempts: Attempts = field(init=False)
    forms: Forms = field(init=False)
    sittings: Sittings = field(init=False)

    def __post_init__(self) -> None:
        self.accounts, self.keeper = Accounts(self.home), Keeper(self.home)
        self.lines, book = Lines(self.home), Book(self.home)
        self.sessions, self.attempts = Sessions(book), Attempts(book)
        self.forms, self.sittings = Forms(book), Sittings(self.home, book)

    @property
    def open(self) -> bool:
        """Whether there is a desk here, and somebody who can sit at it."""
        return self.wanted and (self.named or bool(self.accounts.all()))

    def catch_up(self, live: LiveReader) -> None:
        """Has loaded what was decided at a desk that was ended before it was loaded."""
        with live.reader() as reader:
            if not (self.named or self.accounts.all()):
                return
            if is_behind(reader):
                self.keeper.load()
        self.sittings.rest()


@dataclass(frozen=True, slots=True)
class Clerk:
    """Whoever is at the desk. ``fresh`` is the number of a session that was opened just now."""

    name: str
    session: Session
    fresh: str = ""


class NotLoggedIn(Exception):  # noqa: N818  not a fault: it leads to the log-in
    """Nobody is logged in; ``back`` is where they wanted to go, or from where they sent a form."""

    def __init__(self, back: str) -> None:
        self.back = back


def the_desk(request: Request) -> Desk:
    """The desk; a 404 where there is nobody who could sit at it."""
    desk: Desk = request.app.state.desk
    if not desk.named and not desk.accounts.all():
        raise HTTPException(404)
    return desk


TheDesk = Annotated[Desk, Depends(the_desk)]


def a_clerk(request: Request, desk: TheDesk) -> Clerk:
    """Who asks; raises NotLoggedIn where nobody is logged in."""
    number = request.cookies.get(cookie_name(request, SESSION), "")
    session = desk.sessions.find(number) if number else None
    if desk.named:
        return _named(request, desk, session)
    account = desk.accounts.named(session.name) if session else None
    if session is None or account is None or stamp_of(account.password) != session.stamp:
        if session is not None:
            desk.sessions.end(number)
        back = FORM_ON.get(request.url.path, request.url.path)
        raise NotLoggedIn(f"{back}?{request.url.query}" if request.url.query else back)
    return Clerk(account.name, session)


def _named(request: Request, desk: Desk, session: Session | None) -> Clerk:
    """Whom the proxy names; their session is another one as soon as the name is."""
    name = request.scope.get(USER, "")
    if not name or name.casefold() in OURS:
        raise HTTPException(401)
    if session is not None and (session.name, session.stamp) == (name, stamp_of(BY_PROXY)):
        return Clerk(name, session)
    number, session = desk.sessions.open(name, BY_PROXY)
    return Clerk(name, session, fresh=number)


AClerk = Annotated[Clerk, Depends(a_clerk)]


def a_writer(
    request: Request, clerk: AClerk, token: Annotated[str, Form(max_length=100)] = ""
) -> Clerk:
    """Who sends a form; refuses one that is not out of their own session."""
    from_here(request)
    if not same(clerk.session.token, token):
        raise HTTPException(403, FOREIGN)
    return clerk


AWriter = Annotated[Clerk, Depends(a_writer)]


def shown(
    request: Request, clerk: Clerk, template: str, data: Mapping[str, Any], status: int = 200
) -> Response:
    """A page of the desk."""
    desk: Desk = request.app.state.desk
    made = request.app.state.templates.get_template(template)
    about = {
        "clerk": clerk.name,
        "token": clerk.session.token,
        "by_proxy": desk.named,
        "loading": desk.keeper.busy,
        "load_fault": desk.keeper.fault,
        "here": request.url.path,
        "banner": None,
        "stale": (),
        "fault": "",
    }
    answer = HTMLResponse(made.render(**{**about, **data}), status)
    if clerk.fresh:
        _remember(request, answer, clerk.fresh)
    return answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody sits for one request: who they are, what they read, what they are shown."""

    request: Request
    clerk: Clerk
    desk: Desk
    reader: Reader

    def shown(self, template: str, data: Mapping[str, Any], status: int = 200) -> Response:
        """A page of the desk."""
        return shown(self.request, self.clerk, template, data, status)

    def outward(self, value: Any) -> Any:
        """A value fit to be shown: names hidden since the load taken out, links that can be
        followed."""
        return Outward(self.reader).shown(value)

    def sentence(self, told: str) -> str:
        """What is said of a fault, without any name that is hidden: it may list what is held."""
        withheld = withheld_names(self.desk.lines.standing())
        return hidden_names(self.reader.con, withheld).text(told)


def at_the_desk(request: Request, clerk: AClerk, desk: TheDesk, reader: Reading) -> Place:
    """Somebody who is logged in and looks."""
    return Place(request, clerk, desk, reader)


def writing(request: Request, clerk: AWriter, desk: TheDesk, reader: Reading) -> Place:
    """Somebody who is logged in and sends a form of their own."""
    return Place(request, clerk, desk, reader)


AtDesk = Annotated[Place, Depends(at_the_desk)]
Writing = Annotated[Place, Depends(writing)]


def _remember(request: Request, answer: Response, number: str) -> None:
    answer.set_cookie(
        cookie_name(request, SESSION),
        number,
        max_age=int(WHOLE_S),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


@router.get("/log-in", response_model=None)
def ask(
    request: Request,
    desk: TheDesk,
    to: Annotated[str, Query(max_length=2000)] = "",
    unwritten: bool = False,
) -> Response:
    """The form that asks who comes; ``unwritten``: they sent a form that nobody took."""
    if desk.named:
        return RedirectResponse(HOME, 303)
    data = {"to": local(to), "name": "", "fault": "", "unwritten": unwritten}
    return form_page(request, desk, "desk/log-in.html", data)


@router.post("/log-in", response_model=None)
def enter(
    request: Request,
    desk: TheDesk,
    token: Annotated[str, Form(max_length=100)] = "",
    name: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    password: Annotated[str, Form(max_length=LONGEST)] = "",
    to: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Opens a session under a new number, whatever number the browser came with."""
    from_here(request)
    desk.forms.check(request.cookies.get(cookie_name(request, COOKIE), ""), token)
    if desk.named:
        raise HTTPException(404)
    address = request.client.host if request.client else ""
    wait = desk.attempts.log_in(name, address)
    account = None if wait else desk.accounts.let_in(name, password)
    if account is None:
        fault = f"too many tries; try again in {-(-wait // 60)} minutes" if wait else WRONG
        data = {"to": local(to), "name": name, "fault": fault, "unwritten": False}
        answer = form_page(request, desk, "desk/log-in.html", data, 429 if wait else 403)
        if wait:
            answer.headers["Retry-After"] = str(wait)
        return answer
    desk.attempts.forget(name, address)
    desk.sessions.end(request.cookies.get(cookie_name(request, SESSION), ""))
    number, _ = desk.sessions.open(account.name, account.password)
    answer = RedirectResponse(local(to), 303)
    _remember(request, answer, number)
    return answer


WRONG = "that name and that password do not belong together"


@router.post("/log-out", response_model=None)
def leave(request: Request, desk: TheDesk, clerk: AWriter) -> Response:
    """Ends the session, so that a copy of its cookie opens nothing."""
    desk.sittings.over(clerk.session.key)
    desk.sessions.end(request.cookies.get(cookie_name(request, SESSION), ""))
    answer = RedirectResponse("/" if desk.named else f"{HOME}/log-in", 303)
    secure = request.url.scheme == "https"  # of a __Host- cookie no browser takes less
    answer.delete_cookie(cookie_name(request, SESSION), path="/", secure=secure, httponly=True)
    return answer


def form_page(
    request: Request, desk: Desk, template: str, data: Mapping[str, Any], status: int = 200
) -> Response:
    """A form for those who are not logged in, with the cookie that belongs to its token."""
    name = cookie_name(request, COOKIE)
    value = request.cookies.get(name) or secrets.token_urlsafe(24)
    made = request.app.state.templates.get_template(template)
    words = made.render(token=desk.forms.token(value), here=request.url.path, **data)
    answer = HTMLResponse(words, status)
    secure = request.url.scheme == "https"
    answer.set_cookie(name, value, path="/", secure=secure, httponly=True, samesite="strict")
    return answer


def local(to: str) -> str:
    """An address of the desk, or its first page: nobody is led elsewhere from here."""
    path = to.split("?")[0].split("#")[0]
    good = (path == HOME or path.startswith(f"{HOME}/")) and to.isprintable() and "\\" not in to
    return quote(to, safe="/?&=#%+:,") if good and "//" not in path else HOME


async def to_the_log_in(request: Request, fault: Exception) -> Response:
    """Leads whoever is not logged in to the form, which says what was not taken, and from there
    back."""
    back, sent = fault.back if isinstance(fault, NotLoggedIn) else HOME, ""
    if request.method == "POST" and request.url.path != f"{HOME}/log-out":
        sent = "&unwritten=1"
        if request.url.path == f"{HOME}/undo":  # its form stands on many pages and says on which
            back = local(str((await request.form()).get("to", "")))
    return RedirectResponse(f"{HOME}/log-in?to={quote(back, safe='')}{sent}", 303)
