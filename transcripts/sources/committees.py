"""What a council calls a committee, and what its sources do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transcripts.sources.config import CouncilConfig

# what sources hang on a committee's name
TAIL = re.compile(
    r"\s*(?:[-–,:|]|\bon\b)?\s*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s*)?"
    r"\(?\d{1,2}(?:st|nd|rd|th)?[ /.-](?:\w{3,9}|\d{1,2})[ /.-]\d{2,4}\)?.*$",
    re.IGNORECASE,
)


class Committees:
    """Names and codes of a council's committees, by whatever name a source has for them."""

    def __init__(self, listed: Mapping[str, tuple[str, Sequence[str]]]) -> None:
        """``listed``: name → (code, other names)."""
        self._codes = {name: code for name, (code, _) in listed.items()}
        self._names: dict[str, str] = {}
        for name, (code, also) in listed.items():
            for known in (name, code, *also):
                if known:
                    self._names[plain(known)] = name

    def learn(self, names: Iterable[str]) -> None:
        """Names that a register of the council gives, so that looser ones can be told by them."""
        for name in names:
            self._names.setdefault(plain(name), name)

    def is_listed(self, name: str) -> bool:
        """Whether ``matters.toml`` lists it."""
        return name in self._codes

    def of(self, told: str) -> tuple[str, str]:
        """The committee's name and code; the told words and no code where nobody listed it."""
        key = plain(told)
        name = self._names.get(key) or self._longest(key) or without_date(told)
        return name, self._codes.get(name, "")

    def _longest(self, key: str) -> str:
        """The longest known name with which the words begin: "Planning Committee Part 1"."""
        begins = [k for k in self._names if len(k.split()) > 1 and f"{key} ".startswith(f"{k} ")]
        return self._names[max(begins, key=len)] if begins else ""


def plain(name: str) -> str:
    """A name as it is compared: no case, stops or date, "&" as "and"."""
    bare = without_date(name).casefold().replace("&", " and ")
    return " ".join(re.findall(r"\w+", bare))


def without_date(name: str) -> str:
    """A title without the day that was hung on it."""
    return " ".join(TAIL.sub("", name).split()) or " ".join(name.split())


def committees_of(council: CouncilConfig) -> Committees:
    """The committees that ``matters.toml`` lists."""
    return Committees({c.name: (c.code, c.also) for c in council.committee})
