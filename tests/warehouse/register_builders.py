"""Two meetings of which the second tells what became of what the first recommended."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date
from pathlib import Path

from tests.warehouse import builders as b
from transcripts.claim import CERTAIN, Claim, Link, claim_id
from transcripts.claim import PROPOSED as LIKE
from transcripts.finding import Finding
from transcripts.ledger import Decision, Ledger
from transcripts.linked import Published, Spoken, Thread, Wanted, Worry
from transcripts.meeting import Engine
from transcripts.minutes import MinuteMatch, MinutePoint, MinutesVersion
from transcripts.motion import Act, Motion, motion_id
from transcripts.processed import (
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
    content_hash,
)
from warehouse import store

REFERENCE = "SCSC/2026-27/01"
JUNE, JULY, AUTUMN = date(2026, 6, 2), date(2026, 7, 7), date(2026, 9, 15)
MADE_LINES = (
    ("V2", "5", "I am worried that residents were never told about the cameras."),
    ("V2", "5", "I recommend that the Cabinet publishes a schedule before any deployment."),
    ("V1", "5", "Shall we take that as our recommendation? Agreed."),
    ("V3", "5", "I recommend that we buy no more cameras. That fell."),
)
TOLD_LINES = (
    ("V1", "1", "We begin with matters arising."),
    ("V3", "1", "The schedule before any deployment is published on our website."),
    ("V2", "5", "I am still worried that residents were never told about the cameras."),
    ("V3", "5", "We will write to you by the end of the month."),
)


def motion(said: Transcript, finding: Finding, *steps: tuple[str, str], **more: object) -> Motion:
    """A motion around a recommendation; a step is its kind and words that were said for it."""
    acts = tuple(act(said, kind, quote) for kind, quote in steps)
    known = {"wording": finding.quote, "outcome": "agreed", "proposer": finding.voice} | more
    return Motion(
        motion_id(finding.id),
        finding.id,
        finding.item,
        acts=acts,
        finding_ids=(finding.id,),
        **known,  # type: ignore[arg-type]
    )


def act(said: Transcript, kind: str, quote: str) -> Act:
    """One step, on the first sentence that holds the quote."""
    s = next(s for s in said.sentences if quote in s.text)
    return Act(kind, quote, s.id, s.utterance_id, s.voice, s.start_s, s.end_s, f"rule.{kind}")


def claim(said: Transcript, status: str, quote: str, **more: object) -> Claim:
    """A claim on the first sentence that holds the quote."""
    s = next(s for s in said.sentences if quote in s.text)
    known = {"item": s.item, "about": (s.id,), "rules": ("said",)} | more
    at = (s.start_s, s.end_s)
    number = claim_id(said.recording_sha256, *at)
    return Claim(number, status, quote, s.id, s.utterance_id, s.voice, *at, **known)  # type: ignore[arg-type]


def processed(
    said: Transcript,
    findings: Sequence[Finding] = (),
    motions: Sequence[Motion] = (),
    claims: Sequence[Claim] = (),
    *,
    preferred: bool = True,
) -> ProcessedTranscript:
    """A transcript with what was made and claimed in it."""
    plain = b.processed(said, findings, preferred=preferred)
    version = content_hash(said.version, findings, motions, claims)
    found = FindingsVersion(
        said.version,
        plain.findings.engines,
        tuple(findings),
        version,
        tuple(motions),
        tuple(claims),
    )
    return ProcessedTranscript(
        plain.transcript, found, plain.vectors, plain.vectors_engine, preferred
    )


MADE = b.transcript("june", MADE_LINES)
WORRY = b.finding(MADE, "concern", "residents were never told about the cameras")
ASKED = b.finding(
    MADE,
    "recommendation",
    "the Cabinet publishes a schedule before any deployment",
    agreed=True,
    addressee="the Cabinet",
    due="2026-07-31",
)
FELL = b.finding(MADE, "recommendation", "we buy no more cameras", agreed=False)
MOTIONS = (
    motion(
        MADE,
        ASKED,
        ("floated", "the Cabinet publishes a schedule before any deployment"),
        ("put", "Shall we take that as our recommendation?"),
        ("agreed", "Agreed."),
        addressee="the Cabinet",
        due="2026-07-31",
    ),
    motion(
        MADE, FELL, ("floated", "we buy no more cameras"), ("not agreed", "That fell."),
        outcome="not_agreed",
    ),
)  # fmt: skip
TOLD = b.transcript("july", TOLD_LINES)
AGAIN = b.finding(TOLD, "concern", "residents were never told about the cameras")
PROMISED = b.finding(TOLD, "undertaking", "We will write to you")
DONE = claim(TOLD, "complete", "The schedule before any deployment is published")


def june(**more: object) -> ProcessedMeeting:
    """The meeting that made two recommendations, of which one was agreed."""
    part = processed(MADE, (WORRY, ASKED, FELL), MOTIONS)
    return ProcessedMeeting(b.meeting("june", day=JUNE, **more), (part,))  # type: ignore[arg-type]


def july(claims: Sequence[Claim] = (DONE,), **more: object) -> ProcessedMeeting:
    """The meeting that heard of it."""
    part = processed(TOLD, (AGAIN, PROMISED), (), claims)
    return ProcessedMeeting(b.meeting("july", day=JULY, **more), (part,))  # type: ignore[arg-type]


def quiet(meeting_id: str, day: date, **more: object) -> ProcessedMeeting:
    """A meeting in which nothing of it is said."""
    said = b.transcript(meeting_id, (("V1", "1", "Welcome to all. The bins are emptied."),))
    return ProcessedMeeting(b.meeting(meeting_id, day=day, **more), (processed(said),))  # type: ignore[arg-type]


def minutes(text: str, *, state: str = "approved", **more: object) -> MinutesVersion:
    """Minutes of June with one point, which is the recommendation that was agreed."""
    point = MinutePoint("p1", "recommendation", text, 0, minute_no="31", vote="unanimous", **more)  # type: ignore[arg-type]
    match = MinuteMatch("p1", ASKED.id, 0.9, 0.4, "certain", ("the same words",))
    engine = Engine("minutes", "made up", "1")
    document = (content_hash(text), "minutes.docx", "2026-06-20T09:00:00+01:00", state, "docx")
    approved = "2026-07-07" if state == "approved" else ""
    return MinutesVersion(
        "june", *document, engine, (point,), approved, (match,), version=content_hash(text, state)
    )  # fmt: skip


class Likeness:
    """Ties a claim to the earlier recommendation whose words come nearest; counts its calls."""

    def __init__(self, at_least: float = 0.3) -> None:
        self.calls = 0
        self.at_least = at_least
        self.seen: list[tuple[Wanted, ...]] = []
        self.asked: list[tuple[str, ...]] = []  # meetings

    def link(
        self, wanted: Sequence[Wanted], spoken: Sequence[Spoken], only: Container[str] | None = None
    ) -> list[Link]:
        """One link a claim, certain where a reference was said."""
        self.calls += 1
        self.seen.append(tuple(wanted))
        asked = [s for s in spoken if only is None or s.meeting_id in only]
        self.asked.append(tuple(dict.fromkeys(s.meeting_id for s in asked)))
        return [link for s in asked if (link := self._link(s, wanted)) is not None]

    def _link(self, s: Spoken, wanted: Sequence[Wanted]) -> Link | None:
        for w in wanted:
            if set(s.claim.keys) & set(w.keys):
                return Link(s.claim.id, w.finding_id, 1.0, CERTAIN, ("said its reference",))
        scored = [(float((w.vectors @ s.vectors.T).max()), w.finding_id) for w in wanted]
        score, finding_id = max(scored, default=(0.0, ""))
        if score < self.at_least:
            return None
        return Link(s.claim.id, finding_id, round(score, 3), LIKE, ("means nearly the same",))

    def answers(self, wanted: Sequence[Wanted], published: Sequence[Published]) -> list[Link]:
        return []

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        """One thread of all that share more than half of their meaning with the first."""
        if not worries:
            return []
        first, *others = worries
        same = [w for w in others if float(w.vector @ first.vector) > 0.5]
        ids = (first.finding_id, *(w.finding_id for w in same))
        return [Thread(content_hash(*ids), first.text, ids)] if same else []


def line(kind: str, verdict: str = "", **about: object) -> Decision:
    """A decision of the clerk about the recommendation that was agreed."""
    known = {"reference": REFERENCE, "when": "2026-07-20T10:00:00+01:00"} | about
    known.setdefault("id", content_hash(kind, verdict, str(sorted(about.items()))))
    return Decision(kind=kind, verdict=verdict, who="A. Clerk", **known)  # type: ignore[arg-type]


NUMBERED = line(
    "reference",
    REFERENCE,
    reference="",
    finding_id=ASKED.id,
    recording_sha256=b.sha_of("june"),
    start_s=ASKED.start_s,
    end_s=ASKED.end_s,
    words=ASKED.quote,
)


def load(
    home: Path,
    meetings: Sequence[ProcessedMeeting],
    *decisions: Decision,
    linker: Likeness | None = None,
) -> None:
    """Appends decisions to the ledger of ``home`` and loads meetings with all that stand."""
    ledger = Ledger(home)
    ledger.append(decisions)
    standing, mark = ledger.standing_to()
    store.load(home, meetings, decisions=standing, mark=mark, linker=linker)
