"""A source's way onto the network: to its own hosts alone, politely, and never too much at once.

Answers that may hold personal details are never kept: change is told by hashes and by a server's
own marks. Only what a source says may be kept (feeds of webcasts, rules for robots) is cached, as
RFC 9111 has it.
"""

from __future__ import annotations

import fnmatch
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from matters_arising import __version__
from matters_arising.errors import BadInputError, TransientError
from transcripts.network import body, came_from_within, host_of, is_within, next_address
from transcripts.sources.config import SourceConfig
from transcripts.sources.download import Download
from transcripts.sources.faults import MissingError, RefusedError, WaitError
from transcripts.sources.meeting import Saved
from transcripts.sources.pace import Pace
from transcripts.sources.robots import MOST_BYTES as MOST_RULES
from transcripts.sources.robots import NAME, Robots, read_robots

if TYPE_CHECKING:
    import httpx
    from tenacity import RetryCallState

T = TypeVar("T")

MOST_DOCUMENT = 32_000_000
MOST_RECORDING = 20_000_000_000
DOCUMENT_S, RECORDING_S = 180.0, 6 * 3600.0
MOST_HOPS, TRIES = 5, 3
BACK_OFF_S, LONGEST_WAIT_S = 2.0, 120.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave, and where it was in the end. ``charset`` is what the server says."""

    data: bytes
    address: str
    charset: str = ""


class Web:
    """The network as one source may use it."""

    def __init__(
        self,
        config: SourceConfig,
        contact: str,
        pace: Pace,
        *,
        hosts: Sequence[str] = (),
        cache: Path | None = None,
    ) -> None:
        """``hosts``: those of the source's kind, beside its own and those it is configured with."""
        self._name = config.name or config.kind
        own = (host_of(config.url),) if config.url else ()
        self.hosts = tuple(dict.fromkeys((*own, *config.hosts, *hosts)))
        self._config, self._pace, self._cache = config, pace, cache
        self._robots: dict[str, Robots] = {}
        self.agent = f"{NAME}/{__version__} (reads published records of meetings; +{contact})"

    def read(
        self,
        address: str,
        *,
        most_bytes: int = MOST_DOCUMENT,
        accept: str = "*/*",
        keep: bool = False,
    ) -> Answer:
        """A document, whole. ``keep``: it may be cached, for it holds nothing personal."""
        return self._tried(lambda: self._read(address, most_bytes, accept, keep=keep))

    def save(self, address: str, to: Path, known: Saved, *, not_to: str = "") -> Saved:
        """Saves what is at an address, unless it is what is ``known``; goes on where it broke off.

        An answer that sends on to an address with ``not_to`` in it says that there is nothing.

        A large file whose server gives no mark is taken for unchanged while its length is the same.
        """
        to.unlink(missing_ok=True)
        download = Download(to, known)
        try:
            return self._tried(lambda: self._save(address, download, not_to))
        except TransientError:
            to.unlink(missing_ok=True)
            raise

    def _tried(self, call: Callable[[], T]) -> T:
        from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

        tries = Retrying(
            retry=retry_if_exception_type(TransientError),
            stop=stop_after_attempt(TRIES),
            wait=self._wait,
            reraise=True,
        )
        return tries(call)

    def _wait(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome is not None else None
        if isinstance(fault, WaitError):
            return min(fault.after_s, LONGEST_WAIT_S)
        return min(BACK_OFF_S * 2.0 ** (state.attempt_number - 1), LONGEST_WAIT_S)

    def _read(self, address: str, most_bytes: int, accept: str, *, keep: bool) -> Answer:
        ends = time.monotonic() + DOCUMENT_S
        with self._answer(address, {"Accept": accept}, keep=keep) as (answer, at):
            _check_status(answer, at)
            data = body(
                answer,
                most_bytes,
                ends,
                too_large=f"{at} is larger than {most_bytes / 1e6:.0f} MB, which no such document "
                "is; it was not read to its end",
                too_slow=f"{at} did not end within {DOCUMENT_S:.0f} seconds",
            )
            return Answer(data, at, answer.charset_encoding or "")

    def _save(self, address: str, download: Download, not_to: str) -> Saved:
        ends = time.monotonic() + RECORDING_S
        with self._answer(address, download.headers(), not_to=not_to) as (answer, at):
            if answer.status_code == HTTPStatus.NOT_MODIFIED:
                return replace(download.known, unchanged=True)
            if download.is_as_known(answer):
                return replace(download.known, unchanged=True)
            if answer.status_code != HTTPStatus.PARTIAL_CONTENT:
                _check_status(answer, at)
            with download.opened(answer) as file:
                for piece in answer.iter_bytes():
                    file.write(piece)
                    if file.tell() > MOST_RECORDING:
                        raise BadInputError(
                            f"{at} is larger than {MOST_RECORDING // 10**9} GB; no meeting is"
                        )
                    if time.monotonic() > ends:
                        raise TransientError(f"{at} did not end within {RECORDING_S / 3600:.0f} h")
                file.flush()
                os.fsync(file.fileno())
        return download.saved()

    @contextmanager
    def _answer(
        self, address: str, headers: dict[str, str], *, keep: bool = False, not_to: str = ""
    ) -> Iterator[tuple[httpx.Response, str]]:
        """The answer after all redirects, each checked as the first address was."""
        at = address
        for _ in range(MOST_HOPS + 1):
            robots = self._check(at)
            with self._asked(at, headers, keep=keep, pause_s=robots.pause_s) as answer:
                if not answer.has_redirect_location:
                    yield answer, at
                    return
                at = next_address(answer, at)
                if not_to and not_to in at:
                    raise MissingError(f"{address} is not offered ({at})")
        raise BadInputError(
            f"{address} sends on from place to place without end; give the last one"
        )

    @contextmanager
    def _asked(
        self, at: str, headers: dict[str, str], *, keep: bool, pause_s: float
    ) -> Iterator[httpx.Response]:
        import httpx

        client = self._keeping if keep and self._cache is not None else self._plain
        pause = max(pause_s, self._config.pause_s)
        try:
            with (
                self._pace.turn(httpx.URL(at).netloc.decode(), pause),
                client.stream("GET", at, headers=headers) as answer,
            ):
                # a name may stand for another address by now than when it was checked
                if not self._config.private and came_from_within(answer):
                    raise self._within(at)
                yield answer
        except (httpx.TransportError, httpx.DecodingError) as fault:
            if "CERTIFICATE_VERIFY_FAILED" in str(fault):
                raise BadInputError(
                    f"the certificate of {at} cannot be trusted ({fault}); nothing was read: tell "
                    "the council, or name your own authority's certificate in SSL_CERT_FILE"
                ) from fault
            raise TransientError(
                f"{at} could not be read ({type(fault).__name__}: {fault}); it is tried again at "
                "the next run"
            ) from fault
        except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as fault:
            raise BadInputError(f"{at} is no address that can be fetched ({fault})") from fault

    def _check(self, at: str) -> Robots:
        """BadInputError for an address that this source may not ask."""
        host = host_of(at)
        if not self._is_known(host):
            raise BadInputError(
                f"{at} is on a host that '{self._name}' is not configured to ask; where it is "
                f'meant, add "{host}" to its hosts in matters.toml'
            )
        if not self._config.private and is_within(at):
            raise self._within(at)
        if self._config.despite_robots:
            return Robots(None)
        robots = self._rules(at)
        if not robots.allow(at):
            raise BadInputError(
                f"the robots.txt of {host} asks programs not to read {at}; ask the council, and "
                'write whose leave you have as despite_robots = "…" in matters.toml'
            )
        return robots

    def _is_known(self, host: str) -> bool:
        return any(fnmatch.fnmatchcase(host.lower(), known.lower()) for known in self.hosts)

    def _within(self, at: str) -> BadInputError:
        return BadInputError(
            f"{at} is an address within this network, and was not fetched; where it is meant, "
            f"write private = true for '{self._name}' in matters.toml"
        )

    def _rules(self, at: str) -> Robots:
        import httpx

        origin = httpx.URL(at).copy_with(raw_path=b"/robots.txt", fragment=None)
        key = f"{origin.scheme}://{origin.netloc.decode()}"
        if key not in self._robots:
            self._robots[key] = self._read_rules(str(origin))
        return self._robots[key]

    def _read_rules(self, at: str) -> Robots:
        """4xx: there are no rules. A server that is broken is asked nothing (RFC 9309, 2.3.1.4).

        Rules that are somewhere else are those of this host (2.3.1.2), unless they are where this
        source may not ask.
        """
        for _ in range(MOST_HOPS + 1):
            with self._asked(at, {"Accept": "text/plain"}, keep=True, pause_s=0.0) as answer:
                if not answer.has_redirect_location:
                    return _rules_in(answer, at)
                try:
                    at = next_address(answer, at)
                except BadInputError:
                    break
            if not self._is_known(host_of(at)) or (not self._config.private and is_within(at)):
                break
        return Robots(None)

    @cached_property
    def _plain(self) -> httpx.Client:
        import httpx

        headers = {"User-Agent": self.agent}
        return httpx.Client(timeout=self._config.timeout_s, headers=headers, follow_redirects=False)

    @cached_property
    def _keeping(self) -> httpx.Client:
        import httpx
        from hishel import CacheOptions, SqliteStorage
        from hishel.httpx import CacheTransport

        if self._cache is None:
            raise ValueError("there is no folder to keep answers in")
        self._cache.mkdir(parents=True, exist_ok=True)
        storage = SqliteStorage(
            database_path=self._cache / "answers.db", max_stream_size=MOST_DOCUMENT
        )
        transport = CacheTransport(
            next_transport=httpx.HTTPTransport(), storage=storage, rfc=CacheOptions(shared=False)
        )
        return httpx.Client(
            transport=transport,
            timeout=self._config.timeout_s,
            headers={"User-Agent": self.agent},
            follow_redirects=False,
        )


def _rules_in(answer: httpx.Response, at: str) -> Robots:
    if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientError(f"the server of {at} answers {answer.status_code}")
    if answer.status_code != HTTPStatus.OK:
        return Robots(None)
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > MOST_RULES:
            break
    return read_robots(bytes(data))


def _check_status(answer: httpx.Response, at: str) -> None:
    status = answer.status_code
    if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        raise WaitError(
            f"the server of {at} is busy ({status}); it is asked again at the next run",
            _after_s(answer.headers.get("Retry-After", "")),
        )
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TransientError(f"the server of {at} answers {status}; asked again at the next run")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise RefusedError(f"the server of {at} refuses programs ({status}): ask the council")
    if status != HTTPStatus.OK:
        raise MissingError(f"there is nothing at {at} (the server answers {status})")


def _after_s(told: str) -> float:
    """Seconds of a Retry-After, a number or a date."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (TypeError, ValueError):
        return BACK_OFF_S
