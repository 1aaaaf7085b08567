"""Invented recommendations of an invented committee, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from transcripts.ledger import Decision
from transcripts.life import Entry, Evidence, Life, Made, Minuted, Told, lives

COMMITTEE = "Safer Communities Select Committee"
REFERENCE = "SCSC/2026-27/01"
MADE_ON = date(2026, 6, 11)
TODAY = date(2026, 7, 1)
PAGE = "https://aldermere.example/decisions/41"
MADE = Made(
    reference=REFERENCE,
    finding_id="f1",
    council="Aldermere",
    committee=COMMITTEE,
    meeting_id="aldermere-scsc-2026-06-11",
    day=MADE_ON,
    item="5",
    item_title="Facial recognition",
    text_spoken="that the council works with the police so that people are told",
    proposer="Councillor Varley",
    addressee="Cabinet",
    outcome="agreed",
    link="meeting.opus#t=61.0",
)


def made(reference: str = REFERENCE, **more: object) -> Made:
    """A recommendation that was agreed on 11 June 2026."""
    own = {"reference": reference, "finding_id": f"finding of {reference}"}
    return replace(MADE, **own | more)


def told(state: str, claim_id: str = "c1", **more: object) -> Told:
    """A claim of 9 July with an explicit key."""
    said = Evidence("that one is with us", "Director of Place", "m2.opus#t=9.0", "m2")
    known = Told(
        claim_id, REFERENCE, state, date(2026, 7, 9), "certain", ("said SCSC/2026-27/01",), said
    )
    return replace(known, **more)


def minuted(text: str = "That Cabinet be recommended to …", **more: object) -> Minuted:
    """A point of the draft minutes, matched with its minute number."""
    known = Minuted(
        "p1", REFERENCE, "31", text, False, MADE_ON, "certain", ("minute 31",), Evidence(text)
    )
    return replace(known, **more)


def line(kind: str, verdict: str = "", day: str = "", **more: object) -> Decision:
    """A clerk's decision, written on 20 July unless it says when."""
    values = {"reference": REFERENCE, "when": "2026-07-20T10:00:00+01:00"} | more
    values.setdefault("id", f"{kind} {verdict} {day} {more.get('column', '')}")
    return Decision(kind=kind, verdict=verdict, who="A. Clerk", day=day, **values)  # type: ignore[arg-type]


def life(
    *what: Made | Told | Minuted | Decision,
    today: date = TODAY,
    met: Sequence[date] = (),
    reference: str = REFERENCE,
) -> Life:
    """The life of one recommendation after what happened; it is made unless told how."""
    parts: dict[type, list[object]] = {Made: [], Told: [], Minuted: [], Decision: []}
    for part in what:
        parts[type(part)].append(part)
    found = lives(
        parts[Made] or [MADE],  # type: ignore[arg-type]
        parts[Told],  # type: ignore[arg-type]
        parts[Minuted],  # type: ignore[arg-type]
        parts[Decision],  # type: ignore[arg-type]
        today=today,
        meetings=[(COMMITTEE, MADE_ON), *((COMMITTEE, day) for day in met)],
    )
    return next(one for one in found if one.entry.reference == reference)


def entry(*what: Made | Told | Minuted | Decision, **more: object) -> Entry:
    """Its entry alone."""
    return life(*what, **more).entry  # type: ignore[arg-type]
