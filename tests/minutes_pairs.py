"""Invented meetings whose minuted points and spoken recommendations were paired by hand."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

from models.minutes.match import match_points
from models.minutes.voiced import Voiced
from models.protocols import Vectors
from transcripts.minutes import MinuteMatch, MinutePoint

FOLDER = Path(__file__).parent / "minutes" / "pairs"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "aldermere"


def meetings(name: str) -> list[dict[str, Any]]:
    """The meetings of a file."""
    read: list[dict[str, Any]] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def made(meeting: dict[str, Any]) -> tuple[list[MinutePoint], list[Voiced]]:
    """Its points and what was voiced; ids are their places."""
    points = [
        MinutePoint(str(n), "recommendation", text, n, item=item)
        for n, (item, text) in enumerate(meeting["points"])
    ]
    voiced = [
        Voiced(str(n), texts[0], tuple(texts), "V1", float(n), item)
        for n, (item, *texts) in enumerate(meeting["voiced"])
    ]
    return points, voiced


def counted(
    matches: list[MinuteMatch], gold: list[list[int]], *, taken: bool = False
) -> tuple[int, int, int]:
    """How many matches are right, how many there are, and how many there should be."""
    found = {(int(m.point_id), int(m.finding_id)) for m in matches if m.taken or not taken}
    return len(found & {(a, b) for a, b in gold}), len(found), len(gold)


def scored(name: str, vectors: Vectors, *, taken: bool = False) -> tuple[float, float]:
    """Precision and recall over all meetings of a file."""
    counts = []
    for meeting in meetings(name):
        points, voiced = made(meeting)
        counts.append(counted(match_points(points, voiced, vectors), meeting["gold"], taken=taken))
    right, found, wanted = (sum(column) for column in zip(*counts, strict=True))
    return right / max(found, 1), right / wanted


def spoken_in_sample(day: str) -> list[Voiced]:
    """The true recommendations of a meeting of the sample council, with their turns."""
    script = tomllib.loads((SAMPLES / day / "script.toml").read_text(encoding="utf-8"))
    texts, items, item = {}, {}, ""
    for turn in script["turn"]:
        item = turn.get("item", item)
        if "id" in turn:
            texts[turn["id"]], items[turn["id"]] = turn["text"], item
    return [
        Voiced(
            r["id"],
            r["text"],
            (r["text"], *(texts[t] for t in r["turns"] if t in texts)),
            "V1",
            float(n),
            items[r["turns"][0]],
            outcome=r.get("outcome", ""),
        )
        for n, r in enumerate(script.get("recommendation", []))
    ]
