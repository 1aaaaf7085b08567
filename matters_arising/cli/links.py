"""Links that may be passed on: to the web, or to the player of the pages; never to a folder."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from matters_arising import usual
from matters_arising.web.addresses import playable, utterance_address

if TYPE_CHECKING:
    from warehouse.reader import Reader

R = TypeVar("R", bound=Any)


def followed(row: R) -> R:
    """The row, with the player of the pages in place of a link that leads to a file.

    A meeting without an address on the web is linked by its recording, and the folder of that says
    more about whoever runs this machine than about the meeting.
    """
    if not row.link or playable(row.link):
        return row
    where = (row.meeting_id, row.transcript_version, row.utterance_id, row.start_s)
    return replace(row, link=f"{_pages()}{utterance_address(*where)}")


def followed_all(reader: Reader, value: Any) -> Any:
    """The same of whatever holds links, however deep, and of links that name no utterance."""
    from matters_arising.web.outward import Outward

    return Outward(reader, _pages()).shown(value)


def _pages() -> str:
    return usual.address().rstrip("/")
