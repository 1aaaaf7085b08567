"""Echoes: who said after a concern that they have it too, without saying what it is.

"I share that concern" is no concern of its own, for its words name none; it is support for the one
that was voiced before it. The ways of saying so are data, ``echoes.json``, each with an id.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from warehouse import sql
from warehouse.hits import Row, address, learn, sentences_by_number
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
    ids = [c.finding_id for c in concerns]
    at = dict(sql.run(reader.con, "sentences_of_findings", findings=ids).fetchall())
    around = {n for sid in at.values() for n in range(sid, sid + REACH + 1)}
    said = sentences_by_number(reader, around)
    learn(reader, {int(row["tid"]) for row in said.values()})
    found = sql.run(reader.con, "found_in", sids=list(said)).fetchall()
    worries = {sid for sid, kinds, _ in found if "concern" in kinds.split()}
    told = (e for c in concerns if c.finding_id in at
            for e in _after(reader, c, at[c.finding_id], said, worries))  # fmt: skip
    return list({e.sentence_id: e for e in told}.values())


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


def _after(
    reader: Reader, concern: FindingRow, sid: int, said: Mapping[int, Row], worries: Container[int]
) -> Iterator[Echo]:
    """Up to the next concern of somebody else, which is what an echo after it would take up."""
    own, turns = said[sid], 0
    about = cast(Row, reader.index.transcripts[own["tid"]])
    before = own
    for n in range(sid + 1, sid + REACH + 1):
        row = said.get(n)
        if row is None or (row["tid"], row["item"]) != (own["tid"], own["item"]):
            return
        turns, before = turns + (row["uid"] != before["uid"]), row
        if turns > TURNS:
            return
        if row["voice"] == own["voice"]:
            continue
        if rule := echoed(row["text"]):
            yield _echo(concern, rule, row, about)
        if n in worries:
            return


def _echo(concern: FindingRow, rule: str, row: Row, about: Row) -> Echo:
    label, name, *_ = about["voices"][row["voice"]]
    return Echo(
        concern.finding_id,
        rule,
        concern.meeting_id,
        about["version"],
        row["sentence_id"],
        row["utterance_id"],
        label,
        name,
        row["text"],
        row["start_s"],
        address(about, row["start_s"]),
    )
