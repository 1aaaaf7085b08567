"""A part of an invented meeting, and a reader that does not wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.reader.choice import ReaderChoice
from models.reader.lines import Part, cut, show
from models.reader.reader import LanguageModelReader
from transcripts.words import Sentence

SAID = (
    ("V1", "Nobody told the residents that the van was coming."),
    ("V2", "I recommend that the police give every councillor seven days’ notice."),
    ("V3", "Agreed."),
    ("V1", "The next bus is at ten."),
)


def sentences(said: Sequence[tuple[str, str]] = SAID, item: str = "2") -> list[Sentence]:
    """One sentence an utterance, a second each."""
    return [
        Sentence(f"u{n}/0", f"u{n}", voice, text, float(n), n + 1.0, item)
        for n, (voice, text) in enumerate(said)
    ]


def part(said: Sequence[tuple[str, str]] = SAID) -> Part:
    """All of it as one part."""
    made = sentences(said)
    (only,) = cut(made, show(made, {}, lambda _: ()))
    return only


def choice(url: str, **changes: Any) -> ReaderChoice:
    """Three tries, hardly any pause."""
    quick: dict[str, Any] = {"timeout_s": 5.0, "tries": 3, "wait_s": 0.01, "patience_s": 20.0}
    return ReaderChoice(url=url, model="tiny test", **{**quick, **changes})


def reader(url: str, key: str = "", **changes: Any) -> LanguageModelReader:
    """The adapter under test."""
    return LanguageModelReader(choice(url, **changes), key)


def entry(line: str, kind: str, quote: str) -> dict[str, str]:
    """What a model would write of one finding."""
    return {"line": line, "kind": kind, "quote": quote}


TOLD = entry("L1", "concern", "Nobody told the residents")
NOTICE = entry("L2", "recommendation", "the police give every councillor seven days' notice")
