"""The web application: the pages with their JSON twins, errors as sentences, strict headers."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import cache, partial
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from matters_arising.errors import (
    BadInputError,
    BusyError,
    MattersArisingError,
    MissingModelError,
    NoLongerError,
    NoRoomError,
    NotInArchiveError,
    StoreError,
    TookTooLongError,
    UnknownValueError,
)
from matters_arising.web.addresses import address_of
from matters_arising.web.again import form_again
from matters_arising.web.committees import timeline
from matters_arising.web.desk.mounting import add_desk
from matters_arising.web.downloads import add_downloads
from matters_arising.web.feeds import add_feeds
from matters_arising.web.headers import Guard, Proxy
from matters_arising.web.outward import Outward
from matters_arising.web.pages import PAGES
from matters_arising.web.phrases import PHRASE_PAGES, chart
from matters_arising.web.printed import Printed
from matters_arising.web.reading import SECONDS, Data, Reading
from matters_arising.web.recordings import add_recordings
from matters_arising.web.shown import environment
from matters_arising.web.tutorials import add_pictures
from transcripts.finding import KINDS
from transcripts.ledger import Ledger
from warehouse.matching import Encode
from warehouse.office import office_holders
from warehouse.reader import LiveReader, Reader
from warehouse.search import MODES

logger = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",  # a name that is withheld tomorrow must not stay in a browser
}
STATUS = (
    (NotInArchiveError, 404),
    (BadInputError, 400),
    (MissingModelError, 503),
    (TookTooLongError, 503),
    (NoRoomError, 503),
)
# Pages that are made at a time: each may take some fourth of the memory that the warehouse has, and
# two cores make forty no sooner than four. Whoever comes next waits for a moment.
AT_ONCE = 4
AS_THEY_ARE = ("/recording/", "/desk", "/corrections")
NOT_NOW = (
    "the archive is being brought up to date, or cannot be read; try again in a minute, and ask "
    "whoever runs it if it stays so, for the reason is in its log"
)

BUSY = "somebody else is writing at this moment, so nothing was done; try again in a minute"


def query_encoder() -> Encode:
    """What turns a question into a vector; seconds and torch, so only where meaning is asked."""
    from models.vectors import query_encoder as made

    return made()


def create_app(
    home: Path,
    *,
    hosts: Sequence[str] = LOOPBACK,
    encoder: Callable[[], Encode] = query_encoder,
    seconds: float = SECONDS,
    recordings: bool = True,
    contact: str = "",
    proxy: Proxy | None = None,
    desk: bool = True,
) -> FastAPI:
    """The pages of the archive in ``home``.

    ``hosts`` are the names it answers to, so that a foreign page cannot reach it by letting its
    own name point here; ``*`` is any. ``encoder`` is called once, when meaning is first asked for.
    ``seconds`` is how long one page may ask the warehouse. ``recordings`` is whether the files
    that were transcribed may be played; ``contact`` is whom the page about the archive names.
    ``proxy`` is believed about who asks; without ``desk`` nobody can decide anything here.
    Raises StoreError where there is no warehouse.
    """
    live, ledger = LiveReader(home), Ledger(home)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = AT_ONCE
        if desk:
            app.state.desk.catch_up(live)
        yield
        app.state.desk.keeper.close()
        live.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.live, app.state.encoder = live, cache(encoder)
    app.state.templates = environment()
    app.state.seconds, app.state.recordings, app.state.contact = seconds, recordings, contact
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"))
    add_downloads(app)
    add_recordings(app)
    for address, drawn in (("/trends.svg", chart), ("/concern/{thread_id}.svg", timeline)):
        app.add_api_route(address, drawn, methods=["GET", "HEAD"], response_model=None)
    for address, twin, template, shows in (*PAGES, *PHRASE_PAGES):
        _add(app, address, twin, template, shows)
    add_feeds(app)
    add_pictures(app)
    add_desk(app, home, proxy=proxy or Proxy(), wanted=desk)
    for fault in (MattersArisingError, RequestValidationError, HTTPException):
        app.add_exception_handler(fault, problem)
    app.middleware("http")(guarded)
    app.add_middleware(Squeezed)
    app.add_middleware(Printed, state=lambda: (live.newest(), ledger.stamp(), date.today()))
    app.add_middleware(Guard, hosts=hosts, headers=HEADERS, proxy=proxy)
    return app


class Squeezed:
    """Sends pages and data compressed; not recordings, which are, nor what holds secret tokens.

    A token beside words that a stranger chose could be guessed from how well a page compresses.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.squeezing = app, GZipMiddleware(app, minimum_size=1_000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, compressed or as it is."""
        as_it_is = scope["type"] != "http" or scope["path"].startswith(AS_THEY_ARE)
        await (self.app if as_it_is else self.squeezing)(scope, receive, send)


def _add(app: FastAPI, address: str, twin: str, template: str, shows: Callable[..., Data]) -> None:
    """A page and its twin; the twin first, because its address also fits the page's pattern."""
    shown = Depends(shows)

    def as_json(reader: Reading, data: Data = shown) -> Response:
        return JSONResponse(jsonable_encoder(_outward(reader, data)))

    def as_html(request: Request, reader: Reading, data: Data = shown) -> Response:
        people = set(office_holders(reader).values())
        shared = {"people": people, "address_of": partial(address_of, reader)}
        return page(request, template, _outward(reader, data) | shared)

    for path, made in ((twin, as_json), (address, as_html)):
        app.add_api_route(path, made, methods=["GET", "HEAD"], response_model=None)


def _outward(reader: Reader, data: Data) -> Data:
    held = data.get("meeting")
    return dict(Outward(reader).shown(data, getattr(held, "meeting_id", "")))


def page(request: Request, template: str, data: Data, status: int = 200) -> Response:
    """A page made from a template, which also knows its own address and that of its twin."""
    path = "/index" if request.url.path == "/" else request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    made = request.app.state.templates.get_template(template)
    address = str(request.base_url).rstrip("/") + data["permanent"] if "permanent" in data else ""
    about = {
        "here": request.url.path,
        "address": address or str(request.url),
        "twin": f"{path}.json{query}",
    }
    words = made.render(**{**about, "kinds": KINDS, "modes": MODES, **data})
    return HTMLResponse(words, status)


def problem(request: Request, fault: Exception) -> Response:
    """A fault as one sentence, in the form in which the answer was asked for."""
    status, sentence = _sentence(request, _outwardly(request, fault))
    if request.url.path.endswith(".json"):
        decided = getattr(fault, "decided", "")
        told = {"error": sentence} | ({"decided": decided} if decided else {})
        return JSONResponse(told, status)
    again = form_again(request.url.path, request.query_params, sentence) if status < 500 else None
    template, data = again or ("problem.html", {"status": status, "sentence": sentence})
    return page(request, template, data, status)


def _outwardly(request: Request, fault: Exception) -> Exception:
    """The fault; of what it lists as held, names are taken out that were withheld since the load.

    What was asked for stays as it was asked, or a name could be tried until it is taken out.
    """
    if not isinstance(fault, NotInArchiveError | UnknownValueError) or not fault.known:
        return fault
    try:
        with request.app.state.live.reader() as reader:
            return type(fault)(fault.what, fault.value, Outward(reader).shown(fault.known))
    except StoreError as unread:
        return unread


def _sentence(request: Request, fault: Exception) -> tuple[int, str]:
    if isinstance(fault, BusyError):
        logger.warning("could not show %s: %s", request.url.path, fault)
        return 503, BUSY
    if isinstance(fault, StoreError):
        logger.error("could not show %s: %s", request.url.path, fault)  # it may name our folders
        return 503, NOT_NOW
    if isinstance(fault, NoLongerError) and fault.decided:
        # taken out on purpose, which tells those who keep copies of pages to let go of theirs; what
        # is merely not found any more may be found again
        return 410, str(fault)
    if isinstance(fault, MattersArisingError):
        return next((code for kind, code in STATUS if isinstance(fault, kind)), 500), str(fault)
    if isinstance(fault, RequestValidationError):
        first = fault.errors()[0]
        # of a form nothing is said again: it may be a password
        what = "what was written" if first["loc"][0] == "body" else f"'{first['input']}'"
        return 400, f"{what} cannot be used as '{first['loc'][-1]}': {first['msg']}"
    if isinstance(fault, HTTPException) and fault.status_code == 404:
        return 404, f"there is no page {request.url.path}; the front page leads to all there are"
    if isinstance(fault, HTTPException):
        return fault.status_code, f"this cannot be asked for in this way ({fault.detail})"
    return 500, "this went wrong through a fault of the program; its log says where"


async def guarded(
    request: Request, call_next: Callable[[Request], Awaitable[Response]]
) -> Response:
    """Every answer has the headers, and a bug is told to the log, never to the page.

    A picture has a policy of its own, for it carries its style with it.
    """
    try:
        answer = await call_next(request)
    except Exception as fault:
        logger.exception("could not show %s", request.url.path)
        answer = await run_in_threadpool(problem, request, fault)
    if request.url.path.startswith("/static/") and answer.status_code in (200, 304):
        answer.headers.setdefault("Cache-Control", "public, max-age=3600")  # the same for everybody
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    return answer
