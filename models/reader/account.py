"""What reading took: requests, tokens, money, and everything that was thrown away or left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.reader.choice import ReaderChoice


@dataclass(frozen=True, slots=True)
class Usage:
    """What the requests for one part took. Tokens are those the endpoint reports, not ours.

    ``unreported`` counts requests that may have been worked on and told no tokens (a timeout, an
    answer without figures); ``guessed`` is our guess of their tokens, which only the budget uses.
    """

    requests: int = 0
    retries: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    unreported: int = 0
    guessed: int = 0
    seconds: float = 0.0

    @property
    def spent(self) -> int:
        """Tokens to be held against a budget."""
        return self.prompt_tokens + self.completion_tokens + self.guessed


@dataclass(frozen=True, slots=True)
class ReadQuote:
    """Words of a sentence that a language model pointed at, found there verbatim."""

    sentence_id: str
    letter: str
    quote: str


@dataclass(frozen=True, slots=True)
class PartReading:
    """What one part gave: verified quotes, what was dropped and why, and what it took."""

    quotes: tuple[ReadQuote, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Reading:
    """The account of one meeting.

    ``kept`` parts were read by an earlier run; ``usage`` is what this run took, ``quotes`` and
    ``dropped`` are of all parts. ``failed`` says why for each part that could not be read, and
    ``unread`` why for those that were not asked about. ``cost`` is None without prices.
    """

    model: str
    host: str
    parts: int = 0
    kept: int = 0
    quotes: int = 0
    dropped: Mapping[str, int] = field(default_factory=dict)
    failed: tuple[str, ...] = ()
    unread: Mapping[str, int] = field(default_factory=dict)
    usage: Usage = field(default_factory=Usage)
    cost: float | None = None

    @property
    def complete(self) -> bool:
        """Whether another run with the same settings would ask nothing."""
        return not self.failed and set(self.unread) <= {OVER_BUDGET}

    @property
    def faults(self) -> list[str]:
        """What was not read, in words."""
        told = [f"the reader failed on {why}" for why in self.failed]
        return told + [f"{n} parts not read: {why}" for why, n in self.unread.items()]


OVER_BUDGET = "the budget of tokens was reached"
REFUSED = "the endpoint refused the one before"
GIVE_UP = 3  # parts failed in a row, after which an endpoint is taken to be down
DOWN = f"{GIVE_UP} in a row had failed"


def why_stop(*, budget: int, spent: int, failed_in_a_row: int, hopeless: bool) -> str:
    """Why the next part is not to be asked about; empty where it is. A budget of 0 is none."""
    if hopeless:
        return REFUSED
    if failed_in_a_row >= GIVE_UP:
        return DOWN
    return OVER_BUDGET if 0 < budget <= spent else ""


def usage_of(usages: Iterable[Usage]) -> Usage:
    """The sum of several."""
    given = list(usages)
    return Usage(
        requests=sum(u.requests for u in given),
        retries=sum(u.retries for u in given),
        prompt_tokens=sum(u.prompt_tokens for u in given),
        completion_tokens=sum(u.completion_tokens for u in given),
        unreported=sum(u.unreported for u in given),
        guessed=sum(u.guessed for u in given),
        seconds=round(sum(u.seconds for u in given), 3),
    )


def counted(counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of several counts by reason, the most frequent first."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(total.most_common())


def sum_of(readings: Iterable[Reading], choice: ReaderChoice | None) -> Reading | None:
    """The account of several recordings of a meeting; None where nothing was to be read."""
    given = list(readings)
    if choice is None or not given:
        return None
    usage = usage_of(r.usage for r in given)
    return Reading(
        model=choice.model,
        host=choice.host,
        parts=sum(r.parts for r in given),
        kept=sum(r.kept for r in given),
        quotes=sum(r.quotes for r in given),
        dropped=counted(r.dropped for r in given),
        failed=tuple(why for r in given for why in r.failed),
        unread=counted(r.unread for r in given),
        usage=usage,
        cost=choice.cost(usage.prompt_tokens, usage.completion_tokens),
    )
