"""The rules for reading minutes, as data: regular expressions with ids, case and stops kept.

In minutes capitals carry meaning ("RESOLVED" decides, "it was noted" tells of the discussion), so
these rules see the text as it is written. Of the rules of a file the first that holds wins.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a file. ``unless`` speaks against it: for headings of what stands before.

    ``scrutiny``: only where the meeting is of a body that recommends and does not decide.
    """

    id: str
    value: str
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    scrutiny: bool = False


@lru_cache(maxsize=4)
def rules(name: str) -> tuple[Rule, ...]:
    """The rules of ``headings``, ``marks`` or ``kinds``, in order."""
    folder = files("models") / "minutes" / "patterns"
    phrases = json.loads((folder / "phrases.json").read_text(encoding="utf-8"))
    lines = (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_rule(json.loads(line), phrases) for line in lines)


def mark(text: str) -> str:
    """What a paragraph is beside the words of a resolution: ``vote``, ``ends`` …, or empty."""
    return next((r.value for r in rules("marks") if r.pattern.search(text)), "")


def _rule(row: dict[str, str], phrases: dict[str, str]) -> Rule:
    return Rule(
        row["id"],
        row["value"],
        re.compile(_filled(row["pattern"], phrases)),
        re.compile(_filled(row["unless"], phrases)) if row.get("unless") else None,
        bool(row.get("scrutiny")),
    )


def _filled(pattern: str, phrases: dict[str, str]) -> str:
    for name, phrase in phrases.items():
        pattern = pattern.replace("{" + name + "}", phrase)
    return pattern
