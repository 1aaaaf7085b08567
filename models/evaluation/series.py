"""``matters evaluate series``: what a run of meetings of one committee was understood to hold.

Recommendations with their outcome, what later meetings said became of them, which fell silent,
concerns and their threads, undertakings; from meetings with names and text as written.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matters_arising.errors import BadInputError
from models.evaluation.overlap import token_f1
from transcripts.finding import FOLLOWED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from models.findings.finder import Understood
    from models.following.layout import Layout
    from transcripts.claim import Claim
    from transcripts.finding import Finding
    from transcripts.linked import Linker, Wanted, Worry
    from transcripts.words import Sentence

Row = dict[str, Any]
STATES = {
    "accepted_in_part": "partly accepted",
    "accepted_in_principle": "accepted in principle",
    "in_progress": "in progress",
    "awaiting": "no response",
    "complete": "implemented",
    "noted_only": "noted",
}
A_WORD_S = 0.4  # a text has no times; its words are taken to last as long as spoken ones


@dataclass(frozen=True, slots=True)
class Heard:
    """One meeting, understood."""

    row: Row
    sentences: Sequence[Sentence]
    vectors: NDArray[np.float32]
    understood: Understood
    claims: Sequence[Claim]

    @property
    def id(self) -> str:
        """The meeting's id."""
        return str(self.row["meeting_id"])

    def turn(self, sentence_id: str) -> int:
        """The number of the turn that a sentence is of."""
        return int(sentence_id.split("/")[1])


def predict(folder: Path) -> dict[str, Any]:
    """Predictions for the ``meeting-*.json`` of a folder, in the benchmark's format."""
    from models.following.linking import LikenessLinker

    return told(hear(folder), LikenessLinker())


def hear(folder: Path) -> list[Heard]:
    """The meetings of a folder in their order, each understood by itself."""
    from models.vectors import MiniLM

    meetings = [json.loads(p.read_text("utf-8")) for p in sorted(folder.glob("meeting-*.json"))]
    if not meetings:
        raise BadInputError(f"no meeting-*.json in {folder}; give the folder that holds them")
    encode = MiniLM().encode
    days = [date.fromisoformat(m["date"]) for m in meetings]
    made = []
    for meeting in meetings:
        sentences = as_sentences(meeting)
        vectors = encode([s.text for s in sentences])
        made.append(_hear(meeting, days, sentences, vectors))
    return made


def _hear(
    meeting: Row, days: Sequence[date], sentences: Sequence[Sentence], vectors: NDArray[np.float32]
) -> Heard:
    from models.findings.finder import SentenceFindings
    from models.following.claims import Claims

    finder = SentenceFindings(date.fromisoformat(meeting["date"]), meetings=days)
    recording = meeting["meeting_id"]
    movers = frozenset(p["name"] for p in meeting.get("roster", ()) if p.get("party"))
    understood = finder.understand(
        recording, sentences, vectors, chair=meeting["chair"], movers=movers
    )
    claims = Claims().find(recording, sentences, vectors, understood.follows)
    return Heard(meeting, sentences, vectors, understood, claims)


def as_sentences(meeting: Row) -> list[Sentence]:
    """Sentences of the turns, with the times that their words would take."""
    from models.sentences import by_stops
    from transcripts.words import Sentence

    made: list[Sentence] = []
    at = 0.0
    for turn in meeting["turns"]:
        words = turn["text"].split()
        for number, (a, b) in enumerate(itertools.pairwise([0, *by_stops(words), len(words)])):
            made.append(
                Sentence(
                    id=f"{meeting['meeting_id']}/{turn['i']}/{number}",
                    utterance_id=f"{meeting['meeting_id']}/{turn['i']}",
                    voice=turn["speaker"],
                    text=" ".join(words[a:b]),
                    start_s=round(at, 2),
                    end_s=round(at + (b - a) * A_WORD_S, 2),
                    item=str(turn["item"]),
                )
            )
            at = made[-1].end_s
    return made


def told(heard: Sequence[Heard], linker: Linker) -> dict[str, Any]:
    """What the meetings hold together, in the benchmark's format."""
    recommendations = [r for h in heard for r in _recommendations(h)]
    events = _events(heard, recommendations, linker)
    agreed = [r for r in recommendations if r["agreed"] is True]
    last = heard[-1].id
    mentioned = {e["recommendation"] for e in events}
    return {
        "recommendations": recommendations,
        "events": events,
        "final_status": {e["recommendation"]: e["status"] for e in events},
        "silent": [r["id"] for r in agreed if r["id"] not in mentioned and r["meeting_id"] != last],
        "concerns": _concerns(heard, linker),
        "undertakings": _undertakings(heard),
    }


def _recommendations(heard: Heard) -> list[Row]:
    from transcripts.executives import is_executive

    if is_executive(heard.row.get("committee", "")):
        return []  # what the executive resolves is a decision, not a recommendation
    outcomes: dict[str, bool | str] = {
        "agreed": True,
        "not_agreed": False,
        "downgraded_to_comment": "withdrawn",
    }
    return [
        {
            "id": motion.finding_id,
            "meeting_id": heard.id,
            "turns": sorted({heard.turn(a.sentence_id) for a in motion.acts}),
            "text": motion.wording,
            "proposer": motion.proposer,
            "addressee": motion.addressee,
            "agreed": outcomes.get(motion.outcome, motion.outcome),
            "due": motion.due or None,
        }
        for motion in heard.understood.motions
    ]


def laid_out(heard: Heard) -> tuple[Layout, list[Wanted]]:
    """A meeting for a linker, and the recommendations it made."""
    from models.following.layout import Held, Layout
    from transcripts.executives import is_executive

    row = heard.row
    titles = {str(a["item"]): a["title"] for a in row.get("agenda", ())}
    day = date.fromisoformat(row["date"])
    committee = row.get("committee", "")
    layout = Layout(
        # what is said in the executive's meeting is about the same matters
        Held(
            heard.id, row.get("council", ""), committee, day, heard.sentences, heard.vectors, titles
        )
    )
    findings = {f.id: f for f in heard.understood.findings}
    motions = [] if is_executive(committee) else heard.understood.motions
    return layout, [layout.wanted(m, findings[m.finding_id]) for m in motions]


def _events(heard: Sequence[Heard], recommendations: Sequence[Row], linker: Linker) -> list[Row]:
    """Steps that later turns tell of agreed recommendations."""
    from models.following.events import steps
    from transcripts.states import in_words

    wanted, spoken = [], []
    for h in heard:
        layout, made = laid_out(h)
        wanted += made
        spoken += [layout.spoken(c) for c in h.claims]
    links = linker.link(wanted, spoken)
    by_id = {h.id: h for h in heard}
    return [
        {
            "recommendation": step.finding_id,
            "meeting_id": step.meeting_id,
            "turns": sorted({by_id[step.meeting_id].turn(c.sentence_id) for c in step.claims}),
            "status": STATES.get(step.state, in_words(step.state)),
        }
        for step in steps([(s.meeting_id, s.claim) for s in spoken], links)
    ]


def _concerns(heard: Sequence[Heard], linker: Linker) -> list[Row]:
    worries = [w for h in heard for w in worries_of(h)]
    number = {f: t.id for t in linker.threads(worries) for f in t.finding_ids}
    return [
        row | {"thread": number.get(w.finding_id)}
        for row, w in zip(concern_rows(heard), worries, strict=True)
    ]


def concern_rows(heard: Sequence[Heard]) -> list[Row]:
    """Where each concern was voiced and by whom, one a turn, as ``worries_of`` lays them out."""
    return [
        {"meeting_id": h.id, "turn": turn, "speaker": findings[0].voice}
        for h in heard
        for turn, findings in _of_kind(h, "concern").items()
    ]


def worries_of(heard: Heard) -> list[Worry]:
    """The concerns of a meeting laid out for a linker, one a turn."""
    layout, _ = laid_out(heard)
    return [layout.worry(findings[0]) for findings in _of_kind(heard, "concern").values()]


def worry_at(heard: Heard, turn: int, text: str) -> Worry:
    """A concern of the answers laid out, by the sentence of its turn that is most like it."""
    layout, _ = laid_out(heard)
    words = set(text.lower().split())
    said = [s for s in heard.sentences if heard.turn(s.id) == turn]
    best = max(said, key=lambda s: (len(words & set(s.text.lower().split())), len(s.text)))
    return layout.worry_of(best)


def _of_kind(heard: Heard, kind: str) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in heard.understood.findings:
        if finding.kind == kind:
            found.setdefault(heard.turn(finding.sentence_id), []).append(finding)
    return found


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
        if any(f.score is None or f.score >= FOLLOWED for f in findings)
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
