"""A council's server on this machine, with every fault that such servers have."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Reply:
    """What is answered. ``cut``: the answer breaks off after so many bytes of what it promised.

    ``slow_s`` passes before every piece of 1,000 bytes. ``length``: whether it says how long it is.
    """

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None
    slow_s: float = 0.0
    length: bool = True


@dataclass(frozen=True)
class Asked:
    """A question as it came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    at: float


Answering = Reply | Callable[[Asked], Reply]


class CouncilServer(ThreadingHTTPServer):
    """``routes``: path → reply, or what makes one of the question. ``asked``: every question."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.routes: dict[str, Answering] = {}
        self.asked: list[Asked] = []

    @property
    def base(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def paths(self) -> list[str]:
        """What was asked for, rules for robots apart."""
        return [a.path for a in self.asked if a.path != "/robots.txt"]


class _Handler(BaseHTTPRequestHandler):
    server: CouncilServer

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {k.lower(): v[0] for k, v in parse_qs(parts.query).items()}
        headers = {k.title(): v for k, v in self.headers.items()}
        asked = Asked(parts.path, query, headers, time.monotonic())
        self.server.asked.append(asked)
        found = self.server.routes.get(parts.path, Reply(b"not here", 404))
        self._send(found(asked) if callable(found) else found)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.length:
            self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        body = reply.body[: reply.cut]
        try:
            for at in range(0, len(body), 1000):
                time.sleep(reply.slow_s)
                self.wfile.write(body[at : at + 1000])
        except (BrokenPipeError, ConnectionResetError):
            pass  # who asked has had enough
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on standard error."""


@contextmanager
def serving() -> Iterator[CouncilServer]:
    """A server that runs while it is used."""
    server = CouncilServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def marked(body: bytes, etag: str) -> Callable[[Asked], Reply]:
    """A file with an ETag, of which parts can be had, as servers of recordings give them."""

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("If-None-Match") == etag:
            return Reply(status=304, headers={"ETag": etag})
        span = asked.headers.get("Range", "")
        if span and asked.headers.get("If-Range", etag) == etag:
            first = min(int(span.removeprefix("bytes=").removesuffix("-")), len(body))
            told = f"bytes {first}-{len(body) - 1}/{len(body)}"
            return Reply(body[first:], 206, {"ETag": etag, "Content-Range": told})
        return Reply(body, headers={"ETag": etag})

    return answer
