"""Due dates, and when a recommendation is overdue or has fallen silent. The rules are data.

``response_due`` and ``due_kind`` go together: which rule, if any, makes it due. The day said in
the room is ``action_due``, unless it was said of the answer: then it is ``response_due``, stated
by the committee. The statutory clock starts at receipt, binds the executive and the council
alone, and needs somebody to have recorded that; without that a day is only estimated.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

STATUTORY, STATED, ESTIMATED = "statutory", "stated by committee", "estimated"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the clock of an answer is told from; days are ISO, unknown is empty."""

    meeting_day: str
    recipient_kind: str = ""
    kind_is_sure: bool = False  # a person set it, or the words are the council's own bodies
    basis: str = ""
    received_on: str = ""
    notice_on: str = ""
    referred_on: str = ""
    said: str = ""  # the day that the room named for the answer
    recorded: str = ""  # the day that a person recorded for it
    recorded_kind: str = ""


@cache
def rules() -> Mapping[str, Any]:
    """The rules, as the data file has them."""
    read: Mapping[str, Any] = json.loads(
        files("transcripts").joinpath("clocks.json").read_text(encoding="utf-8")
    )
    return read


def bases() -> tuple[str, ...]:
    """What may ask for an answer, as a person records it."""
    return tuple(rules()["bases"])


def recipient_kinds() -> tuple[str, ...]:
    """Every kind of recipient that a due date may depend on."""
    return (*rules()["recipients"], OTHER)


def recipient_kind(addressee: str) -> str:
    """Of which kind an addressee is, by the first words of it that the table knows.

    A bare "the Mayor" is ``other``: the civic, the elected and the regional one are three people.
    """
    words = addressee.casefold().replace("’", "'")
    if not words.strip():
        return ""
    found = _known_recipients().search(words)
    return _kind_of(found.group()) if found else OTHER


def is_bound(addressee: str, council: str) -> bool:
    """Whether the words are those of the executive or the council itself, and of nobody else.

    ``council`` is the council's own name. "Cabinet Member for Places" and "Aldermere Council" are;
    "Cabinet Office" and "Aldermere Parish Council" are not.
    """
    words = addressee.casefold().replace("’", "'").replace(council.casefold(), " ")
    return bool(_own_bodies().fullmatch(" ".join(words.split()).strip(" .,")))


@cache
def _own_bodies() -> re.Pattern[str]:
    phrases = [p for kind in rules()["estimated_for"] for p in rules()["recipients"][kind]]
    named = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"(?:(?:the|our) )?(?:{named})(?: (?:for|with responsibility for) .+)?")


@cache
def _known_recipients() -> re.Pattern[str]:
    """At each place the longest phrase first: "executive director" is no executive.

    Nor is the council asked where "the council's officers" are.
    """
    listed = [*rules()["recipients"].values(), rules()["other_recipients"]]
    phrases = sorted((p for ps in listed for p in ps), key=len)
    return re.compile(rf"\b(?:{'|'.join(re.escape(p) for p in reversed(phrases))})\b(?!'s)")


@cache
def _kind_of(phrase: str) -> str:
    table: Mapping[str, Sequence[str]] = rules()["recipients"]
    return next((kind for kind, phrases in table.items() if phrase in phrases), OTHER)


def said_of_the_answer(*texts: str) -> bool:
    """Whether the words of a deadline ask for an answer, rather than for the thing itself."""
    return any(_answering().search(text.casefold()) for text in texts)


@cache
def _answering() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, rules()['words_of_a_response']))})\b")


def months_after(day: date, months: int) -> date:
    """The same day of the month, ``months`` later; the last one where the month has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:  # an older line of a ledger may hold any day
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def months_beginning_with(day: date, months: int) -> date:
    """The last day of a period that ``day`` itself begins: 15 July gives 14 September for two.

    Where the last month has no such day the period ends with the month: 31 December, 28 February.
    """
    end = months_after(day, months)
    return end - timedelta(days=1) if end.day == day.day else end


def response_due(asked: Asked) -> tuple[str, str]:
    """The day by which an answer is due and what makes it so; ``statutory`` only by its rule."""
    by_rule = _by_rule(asked)
    if by_rule and by_rule[1] == STATUTORY:
        return by_rule
    if asked.recorded:
        return asked.recorded, _recorded_kind(asked)
    if asked.said:
        return asked.said, STATED
    return by_rule or _estimated(asked)


def _by_rule(asked: Asked) -> tuple[str, str] | None:
    rule = rules()["bases"].get(asked.basis)
    if rule is None or "from" not in rule or asked.recipient_kind not in rule["binds"]:
        return None
    if rule["due_kind"] == STATUTORY and not asked.kind_is_sure:
        return None  # a duty is not guessed from words: a parish council has none
    if not all(getattr(asked, name) for name in rule["needs"]):
        return None
    start = date.fromisoformat(max(getattr(asked, name) for name in rule["from"]))
    if "months" in rule:
        return months_beginning_with(start, rule["months"]).isoformat(), rule["due_kind"]
    days = min(timedelta(days=rule["days"] - 1), date.max - start)
    return (start + days).isoformat(), rule["due_kind"]


def _recorded_kind(asked: Asked) -> str:
    """What a person says makes a day due; nobody can make it statutory by saying so."""
    if asked.recorded_kind in rules()["due_kinds"] and asked.recorded_kind != STATUTORY:
        return asked.recorded_kind
    kind = rules()["bases"].get(asked.basis, {}).get("due_kind", STATED)
    return STATED if kind in (STATUTORY, ESTIMATED) else str(kind)


def _estimated(asked: Asked) -> tuple[str, str]:
    """Two months where the executive or the council is asked, and where nobody is told.

    They are the ones whom a rule gives two months; of anybody else nothing is known.
    """
    if asked.recipient_kind not in ("", *rules()["estimated_for"]):
        return "", ""
    days = (asked.received_on, asked.referred_on, asked.meeting_day)
    start = next(filter(is_day, days), "")
    if not start:
        return "", ""
    return months_after(
        date.fromisoformat(start), rules()["estimate_months"]
    ).isoformat(), ESTIMATED


def binds(due_kind: str) -> bool:
    """Whether a day that has passed is worth calling overdue; an estimate is not."""
    return due_kind in rules()["binding"]


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO writes it."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
