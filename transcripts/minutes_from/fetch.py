"""Fetches one document from a council's server: politely, and from nowhere else.

Each redirect is checked anew, and addresses within this network are refused unless they were asked
for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from matters_arising import __version__
from matters_arising.errors import BadInputError, TransientError
from transcripts.network import body, came_from_within, host_of, is_within, next_address

if TYPE_CHECKING:
    import httpx

AGENT = f"matters-arising/{__version__} (reads published minutes of council meetings)"
TIMEOUT_S = 60.0  # some councils' servers take that long
WHOLE_S = 180.0
MOST_HOPS = 5
TRIES, PAUSE_S = 3, 2.0
ACCEPT = "text/html,application/xml,application/pdf,application/vnd.openxmlformats-officedocument.*"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document and where it was in the end; ``when`` is ISO 8601 with zone."""

    data: bytes
    address: str
    when: str


def fetch(
    address: str, most_bytes: int, *, private: bool = False, pause_s: float = PAUSE_S
) -> Fetched:
    """The document at an address. BadInputError or TransientError says why there is none.

    ``private``: addresses within this network are meant.
    """
    from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

    tries = Retrying(
        retry=retry_if_exception_type(TransientError),
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(multiplier=pause_s, max=30),
        reraise=True,
    )
    return tries(_once, address, most_bytes, private)


def _once(address: str, most_bytes: int, private: bool) -> Fetched:
    import httpx

    ends = time.monotonic() + WHOLE_S
    headers = {"User-Agent": AGENT, "Accept": f"{ACCEPT},*/*;q=0.1"}
    at = address
    try:
        with httpx.Client(timeout=TIMEOUT_S, headers=headers, follow_redirects=False) as client:
            for _ in range(MOST_HOPS + 1):
                _check(at, private)
                with _answer(client, at, private) as answer:
                    if answer.is_redirect:
                        at = next_address(answer, at)
                        continue
                    _check_status(answer, at)
                    data = _body(answer, at, most_bytes, ends)
                    when = datetime.now().astimezone().isoformat(timespec="seconds")
                    return Fetched(data, at, when)
    except httpx.TransportError as fault:
        raise TransientError(
            f"{at} could not be reached ({type(fault).__name__}: {fault}); try again later, or "
            "save the page in a browser and give the file"
        ) from fault
    except (httpx.InvalidURL, httpx.HTTPError, UnicodeError) as fault:
        raise BadInputError(f"{at} is no address that can be fetched ({fault})") from fault
    raise BadInputError(f"{address} sends on from place to place without end; give the last one")


@contextmanager
def _answer(client: httpx.Client, at: str, private: bool) -> Iterator[httpx.Response]:
    with client.stream("GET", at) as answer:
        if not private and came_from_within(answer):
            raise _within(at)
        yield answer


def _check(at: str, private: bool) -> None:
    host_of(at)
    if not private and is_within(at):
        raise _within(at)


def _within(at: str) -> BadInputError:
    return BadInputError(
        f"{at} is an address within this network, and was not fetched; where it is meant, give "
        "--private as well"
    )


def _check_status(answer: httpx.Response, at: str) -> None:
    status = answer.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status == HTTPStatus.TOO_MANY_REQUESTS:
        raise TransientError(f"the server of {at} answers {status}; try again later")
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise BadInputError(
            f"the server of {at} refuses ({status}): open it in a browser, save it and give the "
            "file"
        )
    if status != HTTPStatus.OK:
        raise BadInputError(f"there is no document at {at} (the server answers {status})")


def _body(answer: httpx.Response, at: str, most_bytes: int, ends: float) -> bytes:
    return body(
        answer,
        most_bytes,
        ends,
        too_large=f"{at} is larger than {most_bytes // 1_000_000} MB, which no minutes are; it was "
        "not read to its end",
        too_slow=f"{at} did not come to its end in {WHOLE_S:.0f} seconds",
    )
