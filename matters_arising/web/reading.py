"""What every page reads with: the newest warehouse for one request, filters, a limit of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Query, Request

from matters_arising.errors import BadInputError
from warehouse.deadline import within
from warehouse.query import Filters
from warehouse.reader import Reader

Data = dict[str, Any]
SECONDS = 10.0  # that one page may ask the warehouse


def a_reader(request: Request) -> Iterator[Reader]:
    """The newest warehouse, for the length of one request and no longer than a page may take."""
    with request.app.state.live.reader() as reader, within(reader, request.app.state.seconds):
        yield reader


def filters(
    speaker: str = "",
    committee: str = "",
    meeting: str = "",
    item: str = "",
    kind: str = "",
    first: Annotated[str, Query(alias="from")] = "",
    last: Annotated[str, Query(alias="to")] = "",
) -> Filters:
    """What narrows a search or a listing; a field that a form leaves empty does not."""
    return Filters(
        speaker=speaker.strip(),
        committee=committee.strip(),
        meeting=meeting.strip(),
        item=item.strip(),
        kind=kind,
        first=_day("from", first),
        last=_day("to", last),
    )


def _day(name: str, value: str) -> date | None:
    try:
        return date.fromisoformat(value.strip()) if value.strip() else None
    except ValueError:
        raise BadInputError(f"'{value}' is no day for '{name}'; write it as 2026-06-11") from None


def around(offset: int, size: int, *, more: bool) -> Data:
    """Where a page of a listing stands among those before and after it."""
    return {
        "offset": offset,
        "previous_offset": max(0, offset - size) if offset else None,
        "next_offset": offset + size if more else None,
    }


Offset = Annotated[int, Query(ge=0, le=10**9)]  # of the first row of a page, from 0
Reading = Annotated[Reader, Depends(a_reader)]
Narrowed = Annotated[Filters, Depends(filters)]
