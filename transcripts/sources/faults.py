"""Why a source does not give something: it has none, it refuses, or it asks to be left alone."""

from __future__ import annotations

from matters_arising.errors import BadInputError, TransientError


class MissingError(BadInputError):
    """A server that has no such thing."""


class RefusedError(BadInputError):
    """A server that does not hand something out, which may well be there."""


class WaitError(TransientError):
    """A server asks to be left alone for ``after_s`` seconds."""

    def __init__(self, sentence: str, after_s: float) -> None:
        super().__init__(sentence)
        self.after_s = after_s
