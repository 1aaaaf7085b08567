"""The form of the register, as it was filled in."""

# Without postponed annotations: what the framework reads of a class it must find there as it is.
from dataclasses import dataclass, fields
from typing import Annotated

from fastapi import Depends, Form

# a form field at its longest: a wording, a line of one, a state or day
WORDS, LINE, WORD = 4000, 300, 60
Short = Annotated[str, Form(max_length=WORD)]
Middle = Annotated[str, Form(max_length=LINE)]
Long = Annotated[str, Form(max_length=WORDS)]


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed, without blanks around it; what a verb does not ask for stays empty."""

    verb: Short = ""
    state: Short = ""
    recipient: Middle = ""
    on: Short = ""
    received: Short = ""
    basis: Short = ""
    notice: Short = ""
    body: Middle = ""
    quote: Long = ""
    url: Annotated[str, Form(max_length=2000)] = ""
    accessed: Short = ""
    column: Short = ""
    value: Long = ""
    text: Long = ""
    into: Middle = ""
    others: Middle = ""
    parts: Long = ""
    claim: Short = ""
    point: Short = ""
    verdict: Short = ""
    why: Long = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, getattr(self, field.name).strip())


Sent = Annotated[Filled, Depends(Filled)]
