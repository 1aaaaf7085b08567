"""Pages as they were made a moment ago, for the next who asks, while nothing they show has changed.

A page of the reading room is the same for everybody. It is kept, squeezed as it was sent, under
what it was made from: the warehouse, the ledger, the day, the address. A line in the ledger, such
as one that withholds a name, or a newer warehouse makes every page anew; what else a page looks at
(whether a recording is still in its place) it may be late about by ``AGE_S``. Addresses are chosen
by whoever asks, so all that is kept of a page counts, and a long one is kept of none.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

AGE_S = 60.0
LARGEST, MOST = 512 * 1024, 32 * 2**20  # bytes of one page, of all
LONGEST = 1024  # bytes of an address
OVERHEAD = 1024  # bytes of what holds a page together, about
NOT_KEPT = ("/static/", "/recording/", "/desk", "/corrections", "/saved/")


@dataclass(slots=True)
class Sheet:
    """One page: the messages it was sent by, and when it was made (seconds of the clock)."""

    made_s: float
    start: Message
    body: bytes

    @property
    def size(self) -> int:
        """Bytes of memory, about; its address is no longer than ``LONGEST``."""
        headers = sum(len(name) + len(value) for name, value in self.start["headers"])
        return len(self.body) + headers + LONGEST + OVERHEAD


@dataclass(slots=True)
class Making:
    """A page on its way, written down as it passes; given up where it is none to keep."""

    start: Message | None = None
    parts: list[bytes] = field(default_factory=list)
    size: int = 0
    whole: bool = False

    def note(self, message: Message) -> None:
        """Takes a message of the answer."""
        if message["type"] == "http.response.start" and _is_a_page(message):
            self.start = dict(message, headers=list(message["headers"]))
        elif message["type"] == "http.response.body" and self.start:
            part = message.get("body", b"")
            self.size += len(part)
            self.parts.append(part)
            self.whole = not message.get("more_body", False)
            if self.size > LARGEST:
                self.start, self.parts = None, []


class Printed:
    """Answers with a page that was made before, where nothing has changed since."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        state: Callable[[], object],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``state`` tells what pages are made from, another value for every change."""
        self.app, self._state, self._clock = app, state, clock
        self._kept: dict[object, Sheet] = {}  # the oldest first
        self._of: object = None  # the state that they were made from
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends the kept page, or has it made and keeps it."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _may_be_kept(scope):
            await self.app(scope, receive, send)
            return
        state, key = self._state(), _asked(scope)
        self._tidy(state)
        if kept := self._kept.get(key):
            await send(dict(kept.start, headers=list(kept.start["headers"])))
            await send({"type": "http.response.body", "body": kept.body})
            return
        making = Making()

        async def sent(message: Message) -> None:
            making.note(message)
            await send(message)

        await self.app(scope, receive, sent)
        if making.start and making.whole:
            self._keep(state, key, Sheet(self._clock(), making.start, b"".join(making.parts)))

    def _tidy(self, state: object) -> None:
        """Lets go of what was made from another state, and of what is too old."""
        if state != self._of:
            self._kept, self._of, self._size = {}, state, 0
        while self._kept and self._clock() - next(iter(self._kept.values())).made_s >= AGE_S:
            self._drop(next(iter(self._kept)))

    def _keep(self, state: object, key: object, sheet: Sheet) -> None:
        if state != self._of:
            return  # something changed while it was made
        self._drop(key)
        self._kept[key] = sheet
        self._size += sheet.size
        while self._size > MOST:
            self._drop(next(iter(self._kept)))

    def _drop(self, key: object) -> None:
        gone = self._kept.pop(key, None)
        self._size -= gone.size if gone else 0


def _may_be_kept(scope: Scope) -> bool:
    path, host = scope["path"], Headers(scope=scope).get("host", "")
    long = len(host) + len(path) + len(scope["query_string"]) > LONGEST
    return not long and not path.startswith(NOT_KEPT)


def _asked(scope: Scope) -> tuple[object, ...]:
    """What the answer depends on of the question: a page names its own address."""
    headers = Headers(scope=scope)
    squeezed = "gzip" in headers.get("accept-encoding", "")
    return scope["scheme"], headers.get("host"), scope["path"], scope["query_string"], squeezed


def _is_a_page(message: Message) -> bool:
    """Whole, and neither for one browser alone nor a file to take away."""
    named = {name.lower() for name, _ in message["headers"]}
    return message["status"] == 200 and not named & {b"set-cookie", b"content-disposition"}
