"""Echoes: who said after a concern that they have it too, without saying what it is.

"I share that concern" is no concern of its own, for its words name none; it is support for the one
that was voiced before it. The ways of saying so are data, ``echoes.json``, each with an id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from warehouse import sql
from warehouse.listings import FindingRow
from warehouse.reader import Reader

REACH = 80  # sentences after a concern
TURNS = 6  # of somebody else, in which it may be echoed
DENIED = re.compile(r"\b(?:not|never|nor|hardly)\b|n't\b|^(?:do|does|did|would|will|can) you\b")


@dataclass(frozen=True, slots=True)
class Echo:
    """A sentence in which somebody else takes up a concern; ``rule`` is the pattern it fits."""

    finding_id: str
    rule: str
    meeting_id: str
    transcript_version: str
    sentence_id: str
    utterance_id: str
    speaker: str
    person: str | None
    text: str
    start_s: float
    link: str


def echoes(reader: Reader, concerns: Sequence[FindingRow]) -> list[Echo]:
    """Those of these concerns, in the order in which they were said, each sentence once."""
    found = {e.sentence_id: e for concern in concerns for e in _after(reader, concern)}
    return list(found.values())


def echoed(text: str) -> str:
    """The id of the pattern by which a sentence echoes what somebody said; else empty."""
    said = text.casefold().replace("’", "'")
    for rule, pattern in patterns().items():
        match = pattern.search(said)
        if match and not DENIED.search(said[: match.end()]) and not said.endswith("?"):
            return rule
    return ""


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, re.Pattern[str]]:
    """The ways of saying so, by id."""
    text = files("warehouse").joinpath("echoes.json").read_text(encoding="utf-8")
    return {rule: re.compile(pattern) for rule, pattern in json.loads(text).items()}


def _after(reader: Reader, concern: FindingRow) -> Iterator[Echo]:
    """Up to the next concern of somebody else, which is what an echo after it would take up."""
    sentence, version = concern.sentence_id, concern.transcript_version
    said = {"sentence_id": sentence, "transcript_version": version, "reach": REACH}
    turns, turn = 0, concern.utterance_id
    for row in sql.rows(reader.con, "said_after", **said):
        told: dict[str, Any] = row
        worry = told.pop("worry")
        turns, turn = turns + (told["utterance_id"] != turn), told["utterance_id"]
        if turns > TURNS:
            return
        if told["speaker"] == concern.speaker:
            continue
        if rule := echoed(told["text"]):
            yield Echo(concern.finding_id, rule, concern.meeting_id, version, **told)
        if worry:
            return
