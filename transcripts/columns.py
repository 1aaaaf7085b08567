"""The columns of a tracker: which there are, which hold days, and which a person may set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from transcripts.clocks import bases, is_day, recipient_kinds, rules

COLUMNS = (
    "reference",
    "committee",
    "meeting_date",
    "agenda_item",
    "minute_no",
    "kind",
    "text_minuted",
    "text_spoken",
    "proposer",
    "seconder",
    "vote",
    "recipient",
    "recipient_kind",
    "cabinet_member",
    "lead_officer",
    "referred_on",
    "received_on",
    "response_basis",
    "response_due",
    "due_kind",
    "response",
    "response_date",
    "response_body",
    "response_text",
    "response_reason",
    "status",
    "rag",
    "action_due",
    "progress",
    "evidence_urls",
    "last_checked",
    "closed_on",
    "closed_reason",
    "superseded_by",
    "note",
)
DAYS = frozenset(
    (
        "meeting_date",
        "referred_on",
        "received_on",
        "notice_on",  # beside the columns: of the notice that starts a statutory clock
        "response_due",
        "response_date",
        "action_due",
        "last_checked",
        "closed_on",
    )
)
# on which something happened: never before the meeting that made it, nor to come
PAST = frozenset(
    (
        "meeting_date",
        "referred_on",
        "received_on",
        "notice_on",
        "response_date",
        "last_checked",
        "closed_on",
    )
)
IDENTITY = frozenset(("reference", "committee", "meeting_date", "text_spoken"))
# what is told of one answer, and of no other
ANSWER = ("response_date", "response_body", "response_text", "response_reason")
# what the clock of one recipient is told from
CLOCK = ("referred_on", "received_on", "response_basis", "notice_on")
STATES = frozenset(("recommendation", "response", "status"))  # told by events alone
DERIVED = frozenset(("rag", "evidence_urls"))
# what a tracker's row may bring, and what a person may set right in a recommendation of the archive
BROUGHT = frozenset((*COLUMNS, "notice_on")) - STATES - DERIVED - {"reference", "text_spoken"}
CORRECTABLE = (BROUGHT - IDENTITY) | {"evidence_urls"}


def choices(column: str) -> tuple[str, ...]:
    """The values that a column takes; none where it takes any."""
    return {
        "recipient_kind": recipient_kinds(),
        "response_basis": bases(),
        "due_kind": tuple(rules()["due_kinds"]),
    }.get(column, ())


def usable(values: Iterable[tuple[str, str]], allowed: frozenset[str]) -> dict[str, str]:
    """Those of ``values`` that can stand in their column: known, and a day where days stand."""
    return {
        column: value
        for column, value in values
        if column in allowed and value and (column not in DAYS or is_day(value))
    }


def strays(values: Mapping[str, str]) -> dict[str, str]:
    """Those that cannot: they are told with the line that brought them."""
    fine = usable(values.items(), BROUGHT | STATES | {"evidence_urls", "reference"})
    return {column: value for column, value in values.items() if value and column not in fine}
