"""``matters evaluate series``: what a run of meetings of one committee was understood to hold.

Recommendations with their outcome, what later meetings said became of them, which fell silent,
concerns and their threads, undertakings; from meetings with names and text as written.
"""

from __future__ import annotations

import collections
import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import BadInputError
from models.evaluation.overlap import token_f1

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.findings.motions import Motion
    from transcripts.finding import Finding
    from transcripts.words import Sentence

Row = dict[str, Any]
STATES = {
    "partly_accepted": "partly accepted",
    "in_progress": "in progress",
    "no_response": "no response",
    "accepted_in_principle": "accepted in principle",
}


@dataclass(frozen=True, slots=True)
class Heard:
    """One meeting, understood: ``turns`` are texts by number, ``titles`` those of their items."""

    id: str
    turns: Mapping[int, str]
    titles: Mapping[int, str]
    sentences: Sequence[Sentence]
    vectors: NDArray[np.float32]
    findings: Sequence[Finding]
    motions: Sequence[Motion]


def predict(folder: Path) -> dict[str, Any]:
    """Predictions for the ``meeting-*.json`` of a folder, in the benchmark's format."""
    from models.vectors import MiniLM

    meetings = [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("meeting-*.json"))]
    if not meetings:
        raise BadInputError(f"no meeting-*.json in {folder}; give the folder that holds them")
    encode = MiniLM().encode
    days = [date.fromisoformat(m["date"]) for m in meetings]
    heard = [_hear(m, days, encode) for m in meetings]
    recommendations = [r for h in heard for r in _recommendations(h)]
    events = _events(heard, recommendations, encode)
    agreed = [r for r in recommendations if r["agreed"] is True]
    last = heard[-1].id
    told = {e["recommendation"] for e in events}
    return {
        "recommendations": recommendations,
        "events": events,
        "final_status": {e["recommendation"]: e["status"] for e in events},
        "silent": [r["id"] for r in agreed if r["id"] not in told and r["meeting_id"] != last],
        "concerns": _concerns(heard, encode),
        "undertakings": _undertakings(heard),
    }


def _hear(meeting: Row, days: Sequence[date], encode: Callable[..., Any]) -> Heard:
    from models.findings.finder import SentenceFindings
    from models.findings.motions import Motions

    sentences = _sentences(meeting)
    vectors = encode([s.text for s in sentences])
    day = date.fromisoformat(meeting["date"])
    findings = SentenceFindings(day, meetings=days).find(meeting["meeting_id"], sentences, vectors)
    motions = Motions(day, days).gather(sentences, vectors, findings, meeting["chair"])
    turns = {t["i"]: t["text"] for t in meeting["turns"]}
    named = {a["item"]: a["title"] for a in meeting.get("agenda", ())}
    titles = {t["i"]: named.get(t["item"], "") for t in meeting["turns"]}
    return Heard(meeting["meeting_id"], turns, titles, sentences, vectors, findings, motions)


def _sentences(meeting: Row) -> list[Sentence]:
    """Sentences of the turns; times are counted in sentences, for a text has none."""
    from models.sentences import by_stops
    from transcripts.words import Sentence

    made: list[Sentence] = []
    for turn in meeting["turns"]:
        words = turn["text"].split()
        bounds = [0, *by_stops(words), len(words)]
        for number, (a, b) in enumerate(itertools.pairwise(bounds)):
            start = float(len(made))
            made.append(
                Sentence(
                    id=f"{turn['i']}/{number}",
                    utterance_id=str(turn["i"]),
                    voice=turn["speaker"],
                    text=" ".join(words[a:b]),
                    start_s=start,
                    end_s=start + 1,
                    item=str(turn["item"]),
                )
            )
    return made


def _recommendations(heard: Heard) -> list[Row]:
    outcomes: dict[str, bool | str] = {"agreed": True, "not_agreed": False}
    return [
        {
            "id": f"{heard.id}/{number}",
            "meeting_id": heard.id,
            "turns": sorted({int(heard.sentences[i].utterance_id) for i in motion.members}),
            "text": motion.text,
            "proposer": motion.proposer,
            "addressee": motion.addressee,
            "agreed": outcomes.get(motion.value, motion.value),
            "due": motion.due or None,
        }
        for number, motion in enumerate(heard.motions, 1)
    ]


def _events(
    heard: Sequence[Heard], recommendations: Sequence[Row], encode: Callable[..., Any]
) -> list[Row]:
    """Later turns that say what became of an agreed recommendation, the likest one each."""
    from models.findings.linking import LINKED, Statuses, Words, likeness

    agreed = [r for r in recommendations if r["agreed"] is True]
    meant = encode([r["text"] for r in agreed])
    words = Words([text for h in heard for text in h.turns.values()])
    statuses, order = Statuses(), {h.id: n for n, h in enumerate(heard)}
    events = []
    for h in heard:
        earlier = [j for j, r in enumerate(agreed) if order[r["meeting_id"]] < order[h.id]]
        made = {int(t) for r in recommendations if r["meeting_id"] == h.id for t in r["turns"]}
        vectors = dict(zip(h.turns, encode(list(h.turns.values())), strict=True))
        for turn, text in h.turns.items():
            status = statuses.claimed(text)
            if not status or turn in made or not earlier:
                continue
            before = h.turns.get(turn - 1, "")
            scored = [
                (
                    likeness(float(vectors[turn] @ meant[j]), words.shared(text, agreed[j]["text"]))
                    + 0.25 * words.shared(before, agreed[j]["text"]),
                    j,
                )
                for j in earlier
            ]
            best, j = max(scored)
            if best >= LINKED:
                events.append(
                    {
                        "recommendation": agreed[j]["id"],
                        "meeting_id": h.id,
                        "turns": [turn],
                        "status": STATES.get(status, status),
                    }
                )
    return _merged(events)


def _merged(events: Sequence[Row]) -> list[Row]:
    """Turns close together about one recommendation are one event; the last claim counts."""
    merged: list[Row] = []
    for event in events:
        close = next(
            (
                m
                for m in merged
                if m["meeting_id"] == event["meeting_id"]
                and m["recommendation"] == event["recommendation"]
                and event["turns"][0] - m["turns"][-1] <= 4
            ),
            None,
        )
        if close is None:
            merged.append(event)
        else:
            close["turns"] += event["turns"]
            close["status"] = event["status"]
    return merged


def _of_kind(heard: Heard, kind: str) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in heard.findings:
        if finding.kind == kind:
            found.setdefault(int(finding.utterance_id), []).append(finding)
    return found


def _concerns(heard: Sequence[Heard], encode: Callable[..., Any]) -> list[Row]:
    from models.findings.linking import Words, threads

    rows, texts = [], []
    for h in heard:
        for turn, findings in _of_kind(h, "concern").items():
            rows.append({"meeting_id": h.id, "turn": turn, "speaker": findings[0].voice})
            # what a worry is about often stands in the title of its item alone
            texts.append(f"{h.titles[turn]}. {h.turns[turn]}")
    words = Words([text for h in heard for text in h.turns.values()])
    numbers = threads(encode(texts), texts, words)
    sizes = collections.Counter(numbers)
    return [
        row | {"thread": n if sizes[n] > 1 else None} for row, n in zip(rows, numbers, strict=True)
    ]


def _undertakings(heard: Sequence[Heard]) -> list[Row]:
    return [
        {
            "meeting_id": h.id,
            "turn": turn,
            "speaker": findings[0].voice,
            "due": next((f.due for f in findings if f.due), None),
        }
        for h in heard
        for turn, findings in _of_kind(h, "undertaking").items()
    ]


def write(predictions: Mapping[str, Any], out: Path) -> None:
    """One JSON object."""
    out.write_text(json.dumps(predictions, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def score(folder: Path, predictions: Mapping[str, Any]) -> dict[str, Any] | None:
    """The figures of the benchmark; None where the folder holds no ``gold.json``."""
    path = folder / "gold.json"
    if not path.is_file():
        return None
    from models.evaluation.series_scores import figures

    return figures(json.loads(path.read_text(encoding="utf-8")), predictions, token_f1)
