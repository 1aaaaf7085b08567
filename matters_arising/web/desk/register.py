"""The register at the desk: every verb that the command has, as a form that writes one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Query
from fastapi.responses import Response

from matters_arising.errors import BadInputError, NotInArchiveError, UnknownValueError
from matters_arising.web.desk.done import Done, banner, kept, told
from matters_arising.web.desk.door import AtDesk, Place, Writing
from matters_arising.web.desk.filled import CALLED, LINE, MOST, WORD, Filled, Sent
from matters_arising.web.reading import Offset, around
from transcripts.about import StaleError, Thing, together, unless_decided
from transcripts.checks import STATED_BY
from transcripts.clocks import STATUTORY, bases
from transcripts.columns import CORRECTABLE, DAYS, choices
from transcripts.ladders import OUTCOMES, followed
from transcripts.ledger import Decision
from transcripts.life import Life, wording_is
from warehouse import deciding, register
from warehouse.deciding import By
from warehouse.reader import Reader
from warehouse.splitting import became
from warehouse.unheard import number_is_free

router = APIRouter(prefix="/desk")
PAGE = 100  # recommendations at a time


@router.get("/register", response_model=None)
def listing(
    at: AtDesk,
    state: Annotated[str, Query(max_length=WORD)] = "",
    committee: Annotated[str, Query(max_length=LINE)] = "",
    words: Annotated[str, Query(max_length=LINE)] = "",
    offset: Offset = 0,
) -> Response:
    """The recommendations, with what waits for a person at each."""
    every = state == "all"
    asked = register.RegisterFilters(
        committee=committee.strip(), state="" if every else state, words=words.strip()
    )
    found = register.register(at.reader, asked, today=date.today())
    entries = found if every else followed(found)
    data = {
        "state": state,
        "states": ("", *register.STATES, "all"),
        "filters": asked,
        "counted": len(entries),
        "entries": entries[offset : offset + PAGE],
        **around(offset, PAGE, more=len(entries) > offset + PAGE),
    }
    return at.shown("desk/register.html", data)


@router.get("/register/{reference:path}", response_model=None)
def one(at: AtDesk, reference: str, done: Done = "") -> Response:
    """One recommendation with its life and the forms for what may be decided of it."""
    return _page(at, reference, {"banner": banner(at, done)})


@router.post("/register/{reference:path}", response_model=None)
def write(
    at: Writing,
    sent: Sent,
    reference: str,
    mark: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Writes the line of a form; one made from what does not stand any more is shown again."""
    try:
        entry = register.life(at.reader, reference, today=date.today()).entry
    except NotInArchiveError as fault:
        return _gone(at, reference, mark, sent, fault)
    thing = thing_of(entry.reference, entry.finding_id)

    def written() -> list[Decision]:
        sent.fits()
        by = By(at.clerk.name, sent.why)
        lines = lines_of(at.reader, entry.reference, by, sent, at.desk.lines.all())
        given = together(unless_decided(thing, mark), number_is_free(lines))
        return at.desk.keeper.keep(lines, given)

    def again(data: dict[str, Any], status: int) -> Response:
        # a fault in what was typed changes nothing of what was seen
        seen = {"seen": mark} if "fault" in data else {}
        return _page(at, reference, {**data, **seen, "sent": sent}, status)

    return kept(at, written, again, lambda: f"/desk/register/{quote(entry.reference)}")


def thing_of(reference: str, finding_id: str) -> Thing:
    """The recommendation as what is decided about."""
    return Thing(references=frozenset((reference.lower(),)), finding_id=finding_id)


def lines_of(
    reader: Reader, reference: str, by: By, sent: Filled, held: Sequence[Decision]
) -> list[Decision]:
    """The lines that a form amounts to; ``held`` are all of the ledger."""
    if sent.verb == "split":
        others = sent.others.replace(",", " ").split()
        parts = [line for line in sent.parts.splitlines() if line.strip()]
        return became(reader, reference, by, others, parts, held)
    return [line_of(reader, reference, by, sent)]


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


def _page(at: Place, reference: str, data: Mapping[str, Any], status: int = 200) -> Response:
    life = register.life(at.reader, reference, today=date.today())
    entry, lines = life.entry, at.desk.lines
    thing = thing_of(entry.reference, entry.finding_id)
    looked = register.searched(at.reader, entry.reference)
    about: dict[str, Any] = {
        "entry": entry,
        "wording_is": wording_is(entry, life.events),
        "steps": [e for e in life.events if e.standing != "proposed"],
        "proposed": _proposed(life),
        "searched": looked,
        "mark": data.get("seen") or lines.mark(thing),
        "lines": told(at, lines.about(thing)),
        "responses": deciding.states_noted("respond"),
        "doings": deciding.states_noted("progress"),
        "bases": bases(),
        "columns": COLUMNS,
        "most": MOST,
        "outcomes": OUTCOMES,
        "today": date.today().isoformat(),
        "sent": Filled(),
    }
    return at.shown("desk/recommendation.html", {**at.outward(about), **data}, status)


def _gone(at: Place, reference: str, mark: str, sent: Filled, fault: NotInArchiveError) -> Response:
    """What was sent about a recommendation that a decision took out of the register meanwhile.

    Raises ``fault`` where nobody decided anything about one of this reference.
    """
    every, key = at.desk.lines.all(), reference.lower()
    numbered = [d.finding_id for d in every if d.kind == "reference" and d.verdict.lower() == key]
    thing = thing_of(reference, numbered[-1] if numbered else "")
    stale: Sequence[Decision] = at.desk.lines.about(thing)
    if not stale:
        raise fault
    try:
        unless_decided(thing, mark)(list(every))
    except StaleError as meanwhile:
        stale = meanwhile.lines
    data = {
        "reference": reference,
        "stale": told(at, stale),
        "mark": at.desk.lines.mark(thing),
        "sent": sent.told(),
        "called": CALLED,
    }
    return at.shown("desk/gone.html", data, 409)


def _proposed(life: Life) -> list[tuple[str, Any]]:
    """What waits, each with the verb that decides it."""
    waiting = [e for e in life.events if e.standing == "proposed"]
    return [("minuted" if e.state.startswith("minuted") else "link", e) for e in waiting]


def _takes(column: str) -> str:
    if column in DAYS:
        return "a day, such as 2026-09-30"
    if column == "evidence_urls":
        return "web addresses with spaces between them"
    taken = OUTCOMES if column == "recommendation" else choices(column)
    return ", ".join(value for value in taken if value != STATUTORY) or "any words"


# column → what it takes, as a hint beside the form
COLUMNS = {
    column: _takes(column) for column in ("recommendation", *sorted(CORRECTABLE - STATED_BY.keys()))
}
