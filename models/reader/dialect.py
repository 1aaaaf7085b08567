"""How an endpoint wants to be asked: not all that call themselves compatible take every parameter.

It is begun with the strictest request. Where an endpoint refuses it as malformed, one thing is
given up at a time, and what it then accepts is remembered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from models.reader.answer import SCHEMA

FORMATS = ("json_schema", "json_object", "")  # the last: asked for in words only


@dataclass(frozen=True, slots=True)
class Dialect:
    """Which form of answer is asked for, what the limit of tokens is called, and the temperature.

    Newer models of some hosts know only ``max_completion_tokens``, and no temperature.
    """

    answer_format: str = FORMATS[0]
    limit: str = "max_tokens"
    temperature: bool = True

    def body(
        self, model: str, messages: Sequence[Mapping[str, str]], answer_tokens: int
    ) -> dict[str, Any]:
        """The request."""
        body: dict[str, Any] = {"model": model, "messages": list(messages), "stream": False}
        body[self.limit] = answer_tokens
        if self.temperature:
            body["temperature"] = 0
        if self.answer_format == "json_schema":
            schema = {"name": "findings", "strict": True, "schema": SCHEMA}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif self.answer_format:
            body["response_format"] = {"type": self.answer_format}
        return body

    def simpler(self, complaint: str) -> Dialect | None:
        """The next form to try after a refusal; None where no form would help."""
        words = complaint.lower()
        if "context" in words:
            return None  # the request is too long, in whatever form
        if "max_completion_tokens" in words and self.limit == "max_tokens":
            return replace(self, limit="max_completion_tokens")
        if "temperature" in words and self.temperature:
            return replace(self, temperature=False)
        further = FORMATS[FORMATS.index(self.answer_format) + 1 :]
        return replace(self, answer_format=further[0]) if further else None
