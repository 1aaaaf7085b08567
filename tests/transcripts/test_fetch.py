"""A document is fetched politely, from where it was asked for and from nowhere else."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from matters_arising import __version__
from matters_arising.errors import BadInputError, TransientError
from transcripts.minutes_from.fetch import fetch

MOST = 10_000


class Council(BaseHTTPRequestHandler):
    """A council's server with its faults."""

    asked: ClassVar[list[tuple[str, str]]] = []
    tired: ClassVar[int] = 0

    def do_GET(self) -> None:
        """Answers by the path."""
        self.asked.append((self.path, self.headers.get("User-Agent", "")))
        port = self.server.server_address[1]
        to = {
            "/moved": "/minutes",
            "/round": "/round",
            "/file": "file:///etc/hostname",
            "/elsewhere": f"http://localhost:{port}/minutes",
        }.get(self.path)
        if to:
            self._answer(302, b"", {"Location": to})
        elif self.path == "/tired" and Council.tired:
            Council.tired -= 1
            self._answer(503, b"")
        elif self.path in ("/refused", "/missing", "/broken"):
            self._answer({"/refused": 403, "/missing": 404, "/broken": 500}[self.path], b"")
        else:
            self._answer(200, b"x" * 20_000 if self.path == "/large" else b"minutes")

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing on standard error."""


@pytest.fixture
def base(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    Council.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Council)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_document_is_fetched_by_a_program_that_says_its_name(base: str) -> None:
    got = fetch(f"{base}/minutes", MOST, private=True)

    assert (got.data, got.address) == (b"minutes", f"{base}/minutes")
    assert Council.asked[0][1].startswith(f"matters-arising/{__version__}")


def test_a_redirect_is_followed_and_told(base: str) -> None:
    assert fetch(f"{base}/moved", MOST, private=True).address == f"{base}/minutes"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254"])
def test_an_address_within_the_network_is_refused_unless_asked_for(base: str, host: str) -> None:
    with pytest.raises(BadInputError, match="--private"):
        fetch(f"http://{host}:1/minutes", MOST)

    assert Council.asked == []


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/refused", "refuses"),
        ("/missing", "there is no document at"),
        ("/large", "is larger than"),
        ("/round", "from place to place without end"),
        ("/file", "is not an http or https address"),
    ],
)
def test_what_cannot_be_had_is_told_at_once(base: str, path: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        fetch(f"{base}{path}", MOST, private=True)

    assert len({p for p, _ in Council.asked}) == 1


def test_a_tired_server_is_asked_again(base: str) -> None:
    Council.tired = 2

    got = fetch(f"{base}/tired", MOST, private=True, pause_s=0.0)

    assert (got.data, len(Council.asked)) == (b"minutes", 3)


def test_a_broken_server_is_asked_three_times_and_no_more(base: str) -> None:
    with pytest.raises(TransientError, match="answers 500"):
        fetch(f"{base}/broken", MOST, private=True, pause_s=0.0)

    assert len(Council.asked) == 3


def test_a_name_that_nobody_knows_is_told(base: str) -> None:
    with pytest.raises(TransientError, match=r"could not be reached|is not known"):
        fetch("http://democracy.aldermere.invalid/minutes", MOST, pause_s=0.0)


@pytest.mark.parametrize(
    "address", ["ftp://aldermere.example/a", "file:///etc/hostname", "http://"]
)
def test_only_the_web_is_fetched_from(address: str) -> None:
    with pytest.raises(BadInputError, match=r"not an http or https address|no address"):
        fetch(address, MOST)
