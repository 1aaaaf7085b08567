"""Asks an OpenAI-compatible endpoint, and gives up in bounded time whatever it does.

Another try is made for what another try may mend: time run out, a broken connection, too many
requests (after the pause that the endpoint asks for), a fault of the server, and once for an
answer that holds no JSON. Never for a refusal.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, stop_after_attempt, stop_before_delay

from matters_arising.errors import ReaderError, TransientError
from models.reader.account import Usage
from models.reader.answer import Completion, complaint, envelope
from models.reader.choice import ReaderChoice
from models.reader.dialect import Dialect

T = TypeVar("T")
Messages = Sequence[Mapping[str, str]]
log = logging.getLogger(__name__)

MOST_BYTES = 2_000_000  # of an answer; one that is larger is not read to its end
LONGEST_PAUSE_S = 60.0  # of our own choosing; what an endpoint asks for may be longer
CHARACTERS_A_TOKEN = 4
BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT)
NOBODY = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)
MALFORMED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY)


class _TryAgainError(TransientError):
    """Worth another try, after at least ``pause_s`` and at most ``most_tries`` times in all."""

    def __init__(self, why: str, *, pause_s: float = 0.0, most_tries: int | None = None) -> None:
        super().__init__(why)
        self.pause_s, self.most_tries = pause_s, most_tries


@dataclass(slots=True)
class _Meter:
    """Counts while one part is asked about."""

    requests: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    unreported: int = 0
    guessed: int = 0

    def read(self, completion: Completion | None, guess: int) -> None:
        """Adds what an answer reports, or a guess where it reports nothing."""
        tokens = completion.tokens if completion else None
        if tokens is None:
            self.unreported += 1
            self.guessed += guess
            return
        self.prompt_tokens += tokens.prompt_tokens
        self.completion_tokens += tokens.completion_tokens


@dataclass(frozen=True, slots=True)
class _Reply:
    status: int
    retry_after: str
    body: bytes


class Endpoint:
    """One endpoint with its key, for any number of questions, one at a time."""

    def __init__(self, choice: ReaderChoice, key: str = "") -> None:
        """ReaderError where the key cannot be sent, in words that do not hold it."""
        self._choice, self._key = choice, _checked(key.strip())
        self._dialect = Dialect()
        # a proxy of the environment is for the world outside, and would see a local endpoint's key
        self._http = httpx.Client(timeout=choice.timeout_s, trust_env=not choice.local)

    def ask(self, messages: Messages, understand: Callable[[str], T | None]) -> tuple[T, Usage]:
        """What ``understand`` makes of the answer (None: nothing), and what it took.

        Raises ReaderError, with what it took, where no try brought an answer.
        """
        meter, started = _Meter(), time.monotonic()
        try:
            made = self._tries()(self._try, messages, understand, meter)
        except (_TryAgainError, ReaderError) as fault:
            usage = self._usage(meter, started)
            why = f"{fault}{_times(meter)}"
            hopeless = isinstance(fault, ReaderError) and fault.hopeless
            raise ReaderError(why, hopeless=hopeless, usage=usage) from None
        return made, self._usage(meter, started)

    def _tries(self) -> Retrying:
        choice = self._choice
        return Retrying(
            retry=_worth_another,
            stop=stop_after_attempt(choice.tries) | stop_before_delay(choice.patience_s),
            wait=self._pause,
            reraise=True,
        )

    def _pause(self, state: RetryCallState) -> float:
        fault = state.outcome.exception() if state.outcome else None
        own: float = min(self._choice.wait_s * 2.0 ** (state.attempt_number - 1), LONGEST_PAUSE_S)
        return max(own, fault.pause_s) if isinstance(fault, _TryAgainError) else own

    def _try(self, messages: Messages, understand: Callable[[str], T | None], meter: _Meter) -> T:
        """One try; more requests than one only while the endpoint's dialect is found out."""
        meter.retries += meter.requests > 0
        dialect = self._dialect
        while True:
            body = dialect.body(self._choice.model, messages, self._choice.answer_tokens)
            reply = self._post(body, meter)
            if reply.status not in MALFORMED:
                break
            told = complaint(reply.body)
            simpler = dialect.simpler(told)
            if simpler is None:
                raise ReaderError(f"the endpoint refuses the request ({reply.status}): {told}")
            dialect = simpler
        completion = self._completion(reply, meter, messages)
        self._dialect = dialect
        made = understand(completion.content)
        if made is None:
            raise self._useless(completion)
        return made

    def _post(self, body: Mapping[str, object], meter: _Meter) -> _Reply:
        meter.requests += 1
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        content = json.dumps(body).encode()
        ends = time.monotonic() + self._choice.timeout_s
        try:
            with self._http.stream(
                "POST", self._choice.address, content=content, headers=headers
            ) as response:
                whole = self._without_key(_read(response, ends))
                return _Reply(response.status_code, response.headers.get("Retry-After", ""), whole)
        except (httpx.TimeoutException, _TooSlowError):
            meter.read(None, len(content) // CHARACTERS_A_TOKEN)
            raise _TryAgainError(f"no answer within {self._choice.timeout_s:g} s") from None
        except _TooLongError:
            meter.read(None, MOST_BYTES // CHARACTERS_A_TOKEN)
            raise ReaderError(f"the answer is longer than {MOST_BYTES:,} bytes") from None
        except httpx.InvalidURL:
            why = "the reader's address cannot be asked: see that it is written as the endpoint's"
            raise ReaderError(why, hopeless=True) from None
        except httpx.TransportError as fault:
            if not isinstance(fault, httpx.ConnectError):  # it may have been worked on
                meter.read(None, len(content) // CHARACTERS_A_TOKEN)
            kind = type(fault).__name__
            raise _TryAgainError(f"the connection to {self._choice.host} failed ({kind})") from None

    def _completion(self, reply: _Reply, meter: _Meter, messages: Messages) -> Completion:
        """The envelope of a good reply; anything else is told apart by whether to try again."""
        if reply.status == HTTPStatus.OK:
            completion = envelope(reply.body)
            asked = sum(len(m["content"]) for m in messages)
            meter.read(completion, (asked + len(reply.body)) // CHARACTERS_A_TOKEN)
            if completion is None:
                raise _TryAgainError("the answer is not one of a chat completion", most_tries=2)
            return completion
        told = f"{reply.status} {complaint(reply.body)}".strip()
        if reply.status in BUSY or reply.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise _TryAgainError(
                f"the endpoint says {told}", pause_s=pause_asked(reply.retry_after)
            )
        if reply.status in NOBODY:
            raise ReaderError(
                f"the endpoint says {told}; {_HINTS[HTTPStatus(reply.status)]}", hopeless=True
            )
        if HTTPStatus.MULTIPLE_CHOICES <= reply.status < HTTPStatus.BAD_REQUEST:
            raise ReaderError(
                f"the endpoint sends elsewhere ({reply.status}), which is not followed: "
                "name the right address",
                hopeless=True,
            )
        raise ReaderError(f"the endpoint says {told}")

    def _useless(self, completion: Completion) -> Exception:
        if completion.cut_off:
            most = self._choice.answer_tokens
            return ReaderError(
                f"the answer was cut off at its limit of {most} tokens: raise "
                "MATTERS_READER_ANSWER_TOKENS"
            )
        size = len(completion.content)
        words = f"of {size} characters holds no list of findings" if size else "is empty"
        return _TryAgainError(f"the answer {words}", most_tries=2)

    def _usage(self, meter: _Meter, started: float) -> Usage:
        return Usage(
            requests=meter.requests,
            retries=meter.retries,
            prompt_tokens=meter.prompt_tokens,
            completion_tokens=meter.completion_tokens,
            unreported=meter.unreported,
            guessed=meter.guessed,
            seconds=round(time.monotonic() - started, 3),
        )

    def _without_key(self, body: bytes) -> bytes:
        """An endpoint may repeat the key in its complaint."""
        return body.replace(self._key.encode(), b"[key]") if self._key else body


class _TooSlowError(Exception):
    pass


class _TooLongError(Exception):
    pass


_HINTS = {
    HTTPStatus.UNAUTHORIZED: "set MATTERS_READER_KEY",
    HTTPStatus.FORBIDDEN: "the key may not use this model",
    HTTPStatus.NOT_FOUND: "see that the address ends as the endpoint wants it (often in /v1) and "
    "that it has this model",
}


def _checked(key: str) -> str:
    """The key, if a header can hold it; the error of httpx would carry it on into what is kept."""
    if key.isascii() and key.isprintable():
        return key
    raise ReaderError(
        "the key in MATTERS_READER_KEY holds characters that no key has, such as curly quotation "
        "marks: copy it again",
        hopeless=True,
    )


def pause_asked(retry_after: str) -> float:
    """Seconds that a Retry-After header asks for: a number or a date; 0 where it is neither."""
    try:
        return max(0.0, float(retry_after))
    except ValueError:
        pass
    try:
        when = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - datetime.now(UTC)).total_seconds())


def _read(response: httpx.Response, ends: float) -> bytes:
    """The body as it comes, which is never unpacked: a small one may unpack to any size."""
    held = bytearray()
    for chunk in response.iter_raw():
        held += chunk
        if len(held) > MOST_BYTES:
            raise _TooLongError
        if time.monotonic() > ends:  # httpx bounds each pause, not their sum
            raise _TooSlowError
    return bytes(held)


def _worth_another(state: RetryCallState) -> bool:
    fault = state.outcome.exception() if state.outcome else None
    if not isinstance(fault, _TryAgainError):
        return False
    log.debug("try %d: %s", state.attempt_number, fault)
    return fault.most_tries is None or state.attempt_number < fault.most_tries


def _times(meter: _Meter) -> str:
    return f" (asked {meter.requests} times)" if meter.retries else ""
