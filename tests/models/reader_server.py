"""A real HTTP server on this machine that calls itself OpenAI-compatible, and misbehaves to order.

Each request takes the next behaviour of the script; the last one stays.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Body = dict[str, Any]
Behaviour = Callable[[BaseHTTPRequestHandler, Body], None]
Entry = dict[str, Any]


@dataclass
class Asked:
    """What one request brought."""

    path: str
    headers: dict[str, str]
    body: Body

    @property
    def document(self) -> Body:
        """The JSON document in the user message."""
        told: Body = json.loads(self.body["messages"][1]["content"])
        return told


@dataclass
class Served:
    """A running server, its script, and what it was asked."""

    url: str
    script: list[Behaviour]
    asked: list[Asked] = field(default_factory=list)


@contextmanager
def serving(*script: Behaviour) -> Iterator[Served]:
    """Serves on a free port of this machine for as long as the block runs."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(length))
            served.asked.append(Asked(self.path, dict(self.headers), body))
            turn = served.script[0]
            if len(served.script) > 1:
                served.script.pop(0)
            try:
                turn(self, body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the client has gone, as it should

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = Served(f"http://127.0.0.1:{server.server_port}/v1", list(script))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(
    handler: BaseHTTPRequestHandler, payload: bytes, status: int = 200, **headers: str
) -> None:
    """One whole HTTP response."""
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(payload)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(payload)


def completion(content: str | None, finish: str = "stop", usage: Any = True) -> bytes:
    """The envelope around what a model wrote; 100 tokens read and 10 written."""
    told = {"prompt_tokens": 100, "completion_tokens": 10} if usage is True else usage
    message = {"role": "assistant", "content": content}
    choices = [{"index": 0, "finish_reason": finish, "message": message}]
    return json.dumps({"id": "x", "model": "y", "choices": choices, "usage": told}).encode()


def says(content: str | None, finish: str = "stop", usage: Any = True) -> Behaviour:
    """A good HTTP answer in which the model wrote just this."""
    return lambda handler, _: send(handler, completion(content, finish, usage))


def finds(*entries: Entry) -> Behaviour:
    """A well-behaved answer with these findings."""
    return says(json.dumps({"findings": list(entries)}))


def finds_in(choose: Callable[[Body], list[Entry]]) -> Behaviour:
    """A well-behaved answer that depends on the document it was shown."""

    def answer(handler: BaseHTTPRequestHandler, body: Body) -> None:
        entries = choose(json.loads(body["messages"][1]["content"]))
        send(handler, completion(json.dumps({"findings": entries})))

    return answer


def fails(status: int, message: str = "no", **headers: str) -> Behaviour:
    """An error in OpenAI's form."""
    payload = json.dumps({"error": {"message": message, "type": "x"}}).encode()
    return lambda handler, _: send(handler, payload, status, **headers)


def sleeps(seconds: float) -> Behaviour:
    """Says nothing for a while."""
    return lambda _, __: time.sleep(seconds)


def trickles(handler: BaseHTTPRequestHandler, _: Body) -> None:
    """Sends a byte at a time, each soon enough to keep a patient client waiting for ever."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def truncates(handler: BaseHTTPRequestHandler, _: Body) -> None:
    """Promises more than it sends, then closes the connection."""
    payload = completion('{"findings": []}')
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(payload) + 500))
    handler.end_headers()
    handler.wfile.write(payload[:40])
    handler.wfile.flush()
    handler.close_connection = True


def hangs_up(handler: BaseHTTPRequestHandler, _: Body) -> None:
    """Closes the connection without a word."""
    handler.connection.close()
    handler.close_connection = True


def floods(handler: BaseHTTPRequestHandler, _: Body) -> None:
    """Fifty megabytes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "50000000")
    handler.end_headers()
    for _ in range(50):
        handler.wfile.write(b" " * 1_000_000)


def only_without(*words: str, then: Behaviour) -> Behaviour:
    """Refuses a request in which any of these stands, as endpoints do that lack a feature."""

    def answer(handler: BaseHTTPRequestHandler, body: Body) -> None:
        rest = {k: v for k, v in body.items() if k != "messages"}
        named = [w for w in words if w in json.dumps(rest)]
        if named:
            fails(400, f"Unsupported parameter: '{named[0]}'")(handler, body)
        else:
            then(handler, body)

    return answer
