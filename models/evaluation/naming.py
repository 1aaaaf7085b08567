"""Names measured: anonymous voices and a roster in, names out, weighed by words spoken."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from matters_arising.errors import BadInputError
from models.evaluation.disturbed import disturb
from transcripts.meeting import Meeting, Person
from transcripts.words import Utterance, Word

NAME = "naming"
WORD = re.compile(r"[\w-]+")
WORD_S = 0.4  # text without times is given an even pace

Predictions = dict[str, dict[str, str | None]]


def predict(folder: Path, *, wrong_turns: float = 0.0, merged: bool = False) -> Predictions:
    """A name or nothing for every voice of every meeting in ``folder`` (or its ``meetings/``).

    ``wrong_turns`` is the share of turns given to a wrong voice first, and ``merged`` makes two
    voices of each meeting one: what diarisation does to naming.
    """
    from models.names import CueNames

    names = CueNames()
    made: Predictions = {}
    for told in _meetings(folder, wrong_turns, merged):
        meeting, utterances = meeting_of(told), utterances_of(told)
        found = names.name(meeting, utterances)
        made[meeting.id] = {a.voice: a.name or None for a in found}
    return made


def score(
    folder: Path,
    predictions: Mapping[str, Mapping[str, str | None]],
    *,
    wrong_turns: float = 0.0,
    merged: bool = False,
) -> Any:
    """The scorer's figures over all meetings, by family and for each; None without answers.

    A voice is right by whoever spoke it. Words of turns that were moved to another voice are
    counted as that voice's, as the scorer does, for naming cannot know of them: their share of the
    words that then bear a wrong name is ``moved``. Of two merged voices each keeps its own name,
    so that a name for both is half wrong. ``within_reach`` is the share of words by people whose
    surname is said by anybody in the meeting, or who chair it: more is out of reach of words alone.
    """
    answers = folder / "gold.json"
    if not answers.is_file():
        return None
    gold = json.loads(answers.read_text(encoding="utf-8"))
    counts = {
        told["meeting_id"]: _count(
            told, gold[told["meeting_id"]], predictions.get(told["meeting_id"], {})
        )
        for told in _meetings(folder, wrong_turns, merged)
    }
    families: dict[str, Counter[str]] = {}
    for meeting, count in counts.items():
        families.setdefault(family_of(meeting), Counter()).update(count)
    total: Counter[str] = sum(counts.values(), Counter())
    return {
        **_figures(total),
        "families": {f: _figures(c) for f, c in sorted(families.items())},
        "meetings": {m: _figures(c) for m, c in counts.items()},
    }


def family_of(meeting: str) -> str:
    """The committee a meeting's name begins with: "covid" of "covid_10"."""
    return meeting.rpartition("_")[0] or meeting


def write(predictions: Mapping[str, Mapping[str, str | None]], out: Path) -> None:
    """One JSON object: ``{meeting: {voice: name or null}}``."""
    out.write_text(json.dumps(predictions, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def meeting_of(told: Mapping[str, Any]) -> Meeting:
    """The meeting as far as the benchmark tells: its roster and its chair."""
    people = tuple(Person(p["name"], role=p.get("role") or "") for p in told["roster"])
    return Meeting(
        id=told["meeting_id"],
        council="",
        committee="",
        committee_code="",
        date=date.min,
        chair=told.get("chair") or "",
        people=people,
    )


def utterances_of(told: Mapping[str, Any]) -> list[Utterance]:
    """The turns as utterances, one after the other; those without words are left out."""
    made: list[Utterance] = []
    at = 0.0
    for i, turn in enumerate(told["turns"]):
        words = []
        for text in turn["text"].split():
            words.append(Word(text, at, at + WORD_S))
            at += WORD_S
        if words:
            made.append(Utterance(f"{told['meeting_id']}:{i}", turn["cluster"], tuple(words)))
    return made


def _meetings(
    folder: Path, wrong_turns: float = 0.0, merged: bool = False
) -> Iterator[dict[str, Any]]:
    inside = folder / "meetings"
    files = sorted((inside if inside.is_dir() else folder).glob("*.json"))
    found = False
    for file in files:
        told = json.loads(file.read_text(encoding="utf-8"))
        if isinstance(told, dict) and "turns" in told and "roster" in told:
            found = True
            yield disturb(told, wrong_turns=wrong_turns, merged=merged)
    if not found:
        raise BadInputError(
            f"no meeting to name in {folder} (it needs meetings/*.json with meeting_id, chair, "
            "roster and turns)"
        )


def _count(
    told: Mapping[str, Any], gold: Mapping[str, str], named: Mapping[str, str | None]
) -> Counter[str]:
    count: Counter[str] = Counter(words=0, named=0, right=0, moved=0, known=0)
    known = _known(told, set(gold.values()))
    for turn in told["turns"]:
        words = len(turn["text"].split())
        name = named.get(turn["cluster"])
        whose = gold[turn["cluster"] if turn["moved"] else turn["speaker"]]
        count["words"] += words
        count["named"] += words if name else 0
        count["right"] += words if name and name == whose else 0
        count["known"] += words if whose in known else 0
        count["moved"] += words if name and turn["moved"] and name != gold[turn["speaker"]] else 0
    return count


def _known(told: Mapping[str, Any], people: set[str]) -> set[str]:
    """Those whose surname is said by anybody, and the chair."""
    said = set(WORD.findall(" ".join(t["text"] for t in told["turns"]).casefold()))
    return {p for p in people if p == told.get("chair") or WORD.findall(p.casefold())[-1] in said}


def _figures(count: Counter[str]) -> dict[str, float]:
    words, named, right = count["words"], count["named"], count["right"]
    return {
        "words": words,
        "coverage": named / max(words, 1),
        "precision": right / max(named, 1),
        "misattributed": (named - right) / max(words, 1),
        "named_right": right / max(words, 1),
        "within_reach": count["known"] / max(words, 1),
        **({"moved": count["moved"] / max(words, 1)} if count["moved"] else {}),
    }
