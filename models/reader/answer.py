"""What an endpoint sends back, read with suspicion: the envelope, then the JSON a model wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from transcripts.finding import KINDS

MOST_TOKENS = 10_000_000  # a figure above it is no count of one answer
MALFORMED = "an entry that is not as asked"
THOUGHTS = re.compile(r"<think>.*?(?:</think>|\Z)", re.DOTALL)
OPENS = re.compile(r"[{\[]")
MOST_PLACES = 200  # openings of a bracket that are tried before an answer is given up

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "line": {"type": "string"},
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "quote": {"type": "string"},
                },
                "required": ["line", "kind", "quote"],
                "additionalProperties": False,
            },
        }
    },
    "required": ["findings"],
    "additionalProperties": False,
}

Count = Annotated[int, Field(ge=0, le=MOST_TOKENS)]


@dataclass(frozen=True, slots=True)
class Claim:
    """One entry of an answer, not yet believed."""

    line: str
    kind: str
    quote: str


@dataclass(frozen=True, slots=True)
class Message:
    """What the model wrote."""

    content: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers, and why it ended."""

    message: Message = field(default_factory=Message)
    finish_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the endpoint says it read and wrote."""

    prompt_tokens: Count
    completion_tokens: Count = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """The part of an answer's envelope that is used."""

    choices: list[Choice]
    usage: Any = None

    @property
    def content(self) -> str:
        """What was written; empty where nothing was."""
        return (self.choices[0].message.content or "") if self.choices else ""

    @property
    def cut_off(self) -> bool:
        """Whether the model was stopped in the middle."""
        return bool(self.choices) and self.choices[0].finish_reason == "length"

    @property
    def tokens(self) -> Tokens | None:
        """The figures, where there are believable ones."""
        try:
            return _TOKENS.validate_python(self.usage)
        except ValidationError:
            return None


_TOKENS = TypeAdapter(Tokens)
_COMPLETION = TypeAdapter(Completion)
_CLAIM = TypeAdapter(Claim)


def envelope(body: bytes) -> Completion | None:
    """The envelope of an answer; None where it is none."""
    try:
        return _COMPLETION.validate_json(body)
    except ValidationError:
        return None


def claims(content: str) -> tuple[list[Claim], dict[str, int]] | None:
    """The entries a model wrote, and how many were malformed; None where there is no answer in it.

    Models put thoughts, fences and courtesies around their JSON; the first that holds a list of
    findings is taken.
    """
    for value in _values(THOUGHTS.sub("", content)):
        listed = value.get("findings") if isinstance(value, dict) else None
        if isinstance(listed, list):
            return _claims(listed)
    return None


def complaint(body: bytes) -> str:
    """What an endpoint says went wrong, in one short line without control characters."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        told = body.decode(errors="replace")
    while isinstance(told, dict):
        told = next((told[k] for k in ("error", "message", "detail") if told.get(k)), "")
    words = " ".join(str(told).split())
    return "".join(c for c in words if c.isprintable())[:200]


def _claims(listed: list[Any]) -> tuple[list[Claim], dict[str, int]]:
    good, bad = [], 0
    for entry in listed:
        try:
            good.append(_CLAIM.validate_python(entry))
        except ValidationError:
            bad += 1
    return good, ({MALFORMED: bad} if bad else {})


def _values(text: str) -> Iterator[Any]:
    """Every JSON object or list that begins somewhere in the text, the whole of it first."""
    decoder = json.JSONDecoder()
    for tried, place in enumerate(OPENS.finditer(text)):
        if tried >= MOST_PLACES:
            return
        try:
            yield decoder.raw_decode(text, place.start())[0]
        except (ValueError, RecursionError):
            continue
