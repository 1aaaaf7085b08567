"""The form of the register, as it was filled in, and how long what is typed may be."""

# Without postponed annotations: what the framework reads of a class it must find there as it is.
from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Depends, Form

from matters_arising.errors import BadInputError

# a form field at its longest: a wording, a line of one, a state or day
WORDS, LINE, WORD = 4000, 300, 60
MOST = (
    dict.fromkeys(("quote", "value", "text", "parts", "why"), WORDS)
    | dict.fromkeys(("recipient", "body", "into", "others"), LINE)
    | {"url": 2000}
)  # of the register; any other a word
ANSWER = {"why": 1000}  # to a doubt
CLOSING = {"reason": 1000, "reference": WORD, "line": WORD, "name": 200, "why": 1000}
# what people are told a field is, where its name does not say it
CALLED = {
    "on": "day",
    "received": "day of receipt",
    "notice": "day of the notice",
    "body": "body that answered",
    "quote": "quotation",
    "url": "web address",
    "text": "note",
    "into": "reference it goes on under",
    "others": "list of references",
    "parts": "list of new wordings",
    "why": "reason",
}
Typed = Annotated[str, Form()]  # its length is looked at later: refused here, it would be lost


def typed(value: str) -> str:
    """Without blanks around it, and with the ends of lines that the field in the page counted."""
    return value.replace("\r\n", "\n").strip()


def short_enough(what: str, value: str, most: int) -> str:
    """The value; BadInputError where it has more letters than that."""
    if len(value) > most:
        raise BadInputError(
            f"the {what} may have {most:,} letters and has {len(value):,}; shorten it"
        )
    return value


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed, without blanks around it; what a verb does not ask for stays empty."""

    verb: Typed = ""
    state: Typed = ""
    recipient: Typed = ""
    on: Typed = ""
    received: Typed = ""
    basis: Typed = ""
    notice: Typed = ""
    body: Typed = ""
    quote: Typed = ""
    url: Typed = ""
    accessed: Typed = ""
    column: Typed = ""
    value: Typed = ""
    text: Typed = ""
    into: Typed = ""
    others: Typed = ""
    parts: Typed = ""
    claim: Typed = ""
    point: Typed = ""
    verdict: Typed = ""
    why: Typed = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, typed(getattr(self, field.name)))

    def fits(self) -> None:
        """Raises BadInputError where something is longer than it may be."""
        for name, value in self.told().items():
            short_enough(CALLED.get(name, name), value, MOST.get(name, WORD))

    def told(self) -> dict[str, str]:
        """What was typed or chosen, by field."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in every.items() if value}


Sent = Annotated[Filled, Depends(Filled)]
