"""The register at the desk: every verb that the command has, as a form that writes one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from matters_arising.web.desk.done import banner, told
from matters_arising.web.desk.door import AClerk, AWriter, Clerk, Desk, TheDesk, shown
from matters_arising.web.outward import Outward
from matters_arising.web.reading import Reading
from transcripts.about import StaleError, Thing, unless_decided
from transcripts.clocks import bases
from transcripts.columns import CORRECTABLE, DAYS, choices
from transcripts.ladders import LEFT, OUTCOMES
from transcripts.ledger import Decision
from transcripts.life import Life
from warehouse import deciding, register
from warehouse.deciding import By
from warehouse.reader import Reader

router = APIRouter(prefix="/desk")
# a form field at its longest: a wording, a line of one, a state or day
WORDS, LINE, WORD = 4000, 300, 60


@dataclass(frozen=True, slots=True)
class Filled:
    """A form of the register as it was filled in; what a verb does not ask for stays empty."""

    verb: str = ""
    state: str = ""
    recipient: str = ""
    on: str = ""
    received: str = ""
    basis: str = ""
    notice: str = ""
    body: str = ""
    quote: str = ""
    url: str = ""
    accessed: str = ""
    column: str = ""
    value: str = ""
    text: str = ""
    into: str = ""
    others: str = ""
    claim: str = ""
    point: str = ""
    verdict: str = ""
    why: str = ""


Short = Annotated[str, Form(max_length=WORD)]
Middle = Annotated[str, Form(max_length=LINE)]
Long = Annotated[str, Form(max_length=WORDS)]


def filled(
    verb: Short = "",
    state: Short = "",
    recipient: Middle = "",
    on: Short = "",
    received: Short = "",
    basis: Short = "",
    notice: Short = "",
    body: Middle = "",
    quote: Long = "",
    url: Annotated[str, Form(max_length=2000)] = "",
    accessed: Short = "",
    column: Short = "",
    value: Long = "",
    text: Long = "",
    into: Middle = "",
    others: Middle = "",
    claim: Short = "",
    point: Short = "",
    verdict: Short = "",
    why: Long = "",
) -> Filled:
    """The form that was sent."""
    sent = dict(locals())
    return Filled(**{f.name: str(sent[f.name]).strip() for f in fields(Filled)})


Sent = Annotated[Filled, Depends(filled)]


@router.get("/register", response_model=None)
def listing(
    request: Request,
    clerk: AClerk,
    reader: Reading,
    state: Annotated[str, Query(max_length=WORD)] = "",
    committee: Annotated[str, Query(max_length=LINE)] = "",
    words: Annotated[str, Query(max_length=LINE)] = "",
) -> Response:
    """The recommendations, with what waits for a person at each."""
    every = state == "all"
    asked = register.RegisterFilters(
        committee=committee.strip(), state="" if every else state, words=words.strip()
    )
    found = register.register(reader, asked, today=date.today())
    data = {
        "state": state,
        "states": ("", *register.STATES, "all"),
        "filters": asked,
        "entries": [e for e in found if every or e.recommendation not in LEFT],
    }
    return shown(request, clerk, "desk/register.html", data)


@router.get("/register/{reference:path}", response_model=None)
def one(
    request: Request,
    clerk: AClerk,
    desk: TheDesk,
    reader: Reading,
    reference: str,
    done: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """One recommendation with its life and the forms for what may be decided of it."""
    return _page(request, clerk, desk, reader, reference, {"banner": banner(desk, reader, done)})


@router.post("/register/{reference:path}", response_model=None)
def write(
    request: Request,
    clerk: AWriter,
    desk: TheDesk,
    reader: Reading,
    sent: Sent,
    reference: str,
    mark: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Writes the line of a form; one made from what does not stand any more is shown again."""
    entry = register.life(reader, reference, today=date.today()).entry
    try:
        line = line_of(reader, entry.reference, By(clerk.name, sent.why), sent)
        thing = thing_of(entry.reference, entry.finding_id)
        (made,) = desk.keeper.keep([line], unless_decided(thing, mark))
    except StaleError as stale:
        data: dict[str, Any] = {"stale": told(desk, reader, stale.lines), "sent": sent}
        return _page(request, clerk, desk, reader, reference, data, 409)
    except (BadInputError, NotInArchiveError) as fault:
        data = {"fault": str(fault), "sent": sent, "seen": mark}
        return _page(request, clerk, desk, reader, reference, data, 400)
    return RedirectResponse(f"/desk/register/{quote(entry.reference)}?done={made.id}", 303)


def thing_of(reference: str, finding_id: str) -> Thing:
    """The recommendation as what is decided about."""
    return Thing(references=frozenset((reference.lower(),)), finding_id=finding_id)


def line_of(reader: Reader, reference: str, by: By, sent: Filled) -> Decision:
    """The line that a form amounts to; BadInputError where it makes no sense."""
    on = _day("on", sent.on)
    if sent.verb in deciding.LADDER:
        return deciding.stated(
            reader, reference, by, sent.verb, sent.state,
            on=on, url=sent.url, accessed=_day("accessed", sent.accessed), quote=sent.quote,
            body=sent.body,
        )  # fmt: skip
    if sent.verb == "refer":
        return deciding.referred(
            reader, reference, by, sent.recipient,
            on=on, received=_day("received", sent.received), basis=sent.basis,
            notice=_day("notice", sent.notice),
        )  # fmt: skip
    if sent.verb in deciding.PLAIN:
        return deciding.plain(reader, reference, by, sent.verb, on=on)
    return _other(reader, reference, by, sent)


def _other(reader: Reader, reference: str, by: By, sent: Filled) -> Decision:
    """The verbs that no day belongs to."""
    if sent.verb == "note":
        return deciding.noted(reader, reference, by, _needed("text", sent.text))
    if sent.verb == "correct":
        return deciding.corrected(reader, reference, by, sent.column, sent.value)
    if sent.verb == "merge":
        return deciding.merged(reader, reference, by, _needed("into", sent.into))
    if sent.verb == "split":
        others = _needed("others", sent.others).replace(",", " ").split()
        return deciding.split(reader, reference, by, others)
    if sent.verb == "link":
        return deciding.linked(reader, reference, by, sent.claim, sent.verdict)
    if sent.verb == "minuted":
        return deciding.minuted(reader, reference, by, sent.point, sent.verdict)
    raise UnknownValueError("verb", sent.verb, VERBS)


VERBS = (*deciding.LADDER, "refer", *deciding.PLAIN, "note", "correct", "merge", "split", "link",
         "minuted")  # fmt: skip
NEEDED = {
    "text": "write the note first",
    "into": "say which reference it goes on under",
    "others": "say which references it became",
}


def _needed(field: str, value: str) -> str:
    if not value:
        raise BadInputError(NEEDED[field])
    return value


def _day(name: str, value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise BadInputError(f"'{value}' is no day for '{name}'; write it as 2026-06-11") from None


def _page(
    request: Request,
    clerk: Clerk,
    desk: Desk,
    reader: Reader,
    reference: str,
    data: Mapping[str, Any],
    status: int = 200,
) -> Response:
    life = register.life(reader, reference, today=date.today())
    entry = life.entry
    thing = thing_of(entry.reference, entry.finding_id)
    looked = register.searched(reader, entry.reference) if entry.finding_id else []
    about: dict[str, Any] = {
        "entry": entry,
        "steps": [e for e in life.events if e.standing != "proposed"],
        "proposed": _proposed(life),
        "searched": looked,
        "mark": data.get("seen") or desk.lines.mark(thing),
        "lines": told(desk, reader, desk.lines.about(thing)),
        "responses": deciding.states_noted("respond"),
        "doings": deciding.states_noted("progress"),
        "bases": bases(),
        "columns": COLUMNS,
        "outcomes": OUTCOMES,
        "today": date.today().isoformat(),
        "banner": None,
        "stale": (),
        "fault": "",
        "sent": Filled(),
    }
    about = Outward(reader).shown(about)
    return shown(request, clerk, "desk/recommendation.html", about | dict(data), status)


def _proposed(life: Life) -> list[tuple[str, Any]]:
    """What waits, each with the verb that decides it."""
    waiting = [e for e in life.events if e.standing == "proposed"]
    return [("minuted" if e.state.startswith("minuted") else "link", e) for e in waiting]


# column → what it takes, as a hint beside the form
COLUMNS = {
    column: "a day, such as 2026-09-30" if column in DAYS else ", ".join(choices(column))
    for column in ("recommendation", *sorted(CORRECTABLE))
}
