"""The adapter: one part of a meeting in, verified quotes and their account out."""

from __future__ import annotations

import logging

from models.reader.account import PartReading, counted
from models.reader.answer import claims
from models.reader.choice import ReaderChoice, reader_engine
from models.reader.client import Endpoint
from models.reader.lines import Part
from models.reader.prompt import messages
from models.reader.verify import verify

log = logging.getLogger(__name__)


class LanguageModelReader:
    """Reads with the model of one endpoint. ``key`` is sent to it and kept nowhere."""

    def __init__(self, choice: ReaderChoice, key: str = "") -> None:
        self.engine = reader_engine(choice)
        self._endpoint = Endpoint(choice, key)

    def read(self, part: Part) -> PartReading:
        """What the model points at and the part says; ReaderError where it gave no answer."""
        (claimed, malformed), usage = self._endpoint.ask(messages(part), claims)
        quotes, refused = verify(claimed, part)
        dropped = counted([malformed, refused])
        log.info(
            "reader: %d sentences, %d quotes, %d dropped, %d tokens, %.1f s",
            len(part.lines),
            len(quotes),
            sum(dropped.values()),
            usage.prompt_tokens + usage.completion_tokens,
            usage.seconds,
        )
        return PartReading(tuple(quotes), dropped, usage)
