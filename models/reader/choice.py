"""Which endpoint and model read the findings: plain values that may be kept, never the key.

The key is no part of it, because these values travel: to Prefect, into run reports, into the keys
of kept results. The process that asks takes the key from its own environment.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from matters_arising.errors import BadInputError
from models.reader.lines import CONTEXT, WORDS_A_PART
from models.reader.prompt import PROMPT_SHA256
from transcripts.meeting import Engine
from transcripts.network import is_this_machine

if TYPE_CHECKING:
    from matters_arising.settings import Settings

ENDING = "/chat/completions"
VERSION = "1"  # raised when what is asked or how an answer is checked changes


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """An endpoint, its model, and how patient and how thrifty to be with it.

    Prices are for a million tokens, in whatever money the operator thinks in; ``budget`` is in
    tokens a meeting, 0 for no limit. ``wait_s`` is the pause before the second try; it doubles.
    """

    url: str
    model: str
    price_in: float | None = None
    price_out: float | None = None
    budget: int = 0
    timeout_s: float = 300.0
    tries: int = 4
    wait_s: float = 2.0
    patience_s: float = 900.0  # for one part, with all tries and pauses
    answer_tokens: int = 2000

    @property
    def rule(self) -> str:
        """What a finding names as its origin; ids of rules hold no spaces."""
        return f"reader.{'-'.join(self.model.split())}"

    @property
    def address(self) -> str:
        """Where the requests go."""
        return self.url + ENDING

    @property
    def host(self) -> str:
        """The machine that is sent to, for people."""
        return urlsplit(self.url).netloc

    @property
    def local(self) -> bool:
        """Whether nothing leaves this machine."""
        return is_loopback(self.url)

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float | None:
        """What so many tokens cost; None where the operator gave no prices."""
        if self.price_in is None or self.price_out is None:
            return None
        spent = prompt_tokens * self.price_in + completion_tokens * self.price_out
        return round(spent / 1_000_000, 6)

    def __str__(self) -> str:
        if self.local:
            return f"{self.model} at {self.host}, on this machine"
        unsafe = " UNENCRYPTED" if urlsplit(self.url).scheme == "http" else ""
        return f"{self.model} at {self.host}; what was said in the meetings is sent there{unsafe}"


def choose_reader(
    url: str,
    model: str,
    *,
    offline: bool = False,
    price_in: float | None = None,
    price_out: float | None = None,
    budget: int = 0,
    timeout_s: float = 300.0,
    tries: int = 4,
    wait_s: float = 2.0,
    answer_tokens: int = 2000,
) -> ReaderChoice | None:
    """The reader that was asked for, or None without an address; BadInputError says what is wrong.

    ``offline`` allows an endpoint on this machine and no other.
    """
    if not url:
        return None
    address = _checked(url)
    if not model.strip():
        raise BadInputError(
            "the reader needs the name of a model: --reader-model NAME or MATTERS_READER_MODEL"
        )
    if offline and not is_loopback(address):
        raise BadInputError(
            f"offline allows no reader at {urlsplit(address).netloc}, only one on this machine "
            "(http://127.0.0.1:…); leave out --reader, or --offline"
        )
    if (price_in is None) != (price_out is None):
        raise BadInputError("give both prices or neither: --reader-price-in, --reader-price-out")
    return ReaderChoice(
        url=address,
        model=model.strip(),
        price_in=price_in,
        price_out=price_out,
        budget=budget,
        timeout_s=timeout_s,
        tries=tries,
        wait_s=wait_s,
        answer_tokens=answer_tokens,
    )


def reader_from(
    settings: Settings, asked: Mapping[str, Any] | None = None, *, offline: bool
) -> ReaderChoice | None:
    """The reader that the settings name, or None; what is ``asked`` for by name wins over them."""
    given = asked or {}

    def either(name: str) -> Any:
        option = given.get(name)
        return getattr(settings, name) if option is None else option

    return choose_reader(
        either("reader_url"),
        either("reader_model"),
        offline=offline,
        price_in=either("reader_price_in"),
        price_out=either("reader_price_out"),
        budget=either("reader_budget"),
        timeout_s=settings.reader_timeout_s,
        tries=settings.reader_tries,
        wait_s=settings.reader_wait_s,
        answer_tokens=settings.reader_answer_tokens,
    )


def is_loopback(url: str) -> bool:
    """Whether an address is this machine itself."""
    return is_this_machine(urlsplit(url).hostname or "")


def reader_engine(choice: ReaderChoice) -> Engine:
    """What reads, for the record and for keys: the same model elsewhere is the same engine."""
    return Engine(
        task="reader",
        name="language-model-reader",
        version=VERSION,
        model=choice.model,
        settings={
            "prompt_sha256": PROMPT_SHA256,
            "temperature": 0,
            "words_a_part": WORDS_A_PART,
            "context": CONTEXT,
        },
    )


def _checked(url: str) -> str:
    """The address without what is appended to it, and with nothing secret in it."""
    parts = urlsplit(url.strip()) if _readable(url) else urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadInputError(
            "the reader's address must be like http://127.0.0.1:8080/v1 or https://host/v1, its "
            "port a number up to 65535"
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise BadInputError(
            "the reader's address must hold no user, password or parameters, because it is kept "
            "in reports: set MATTERS_READER_KEY instead"
        )
    return url.strip().rstrip("/").removesuffix(ENDING).rstrip("/")


def _readable(url: str) -> bool:
    """Whether it is an address at all, with a port that can be: both fail only when asked for."""
    try:
        return urlsplit(url.strip()).port != 0
    except ValueError:
        return False
