"""What leaves the house: no name that was withheld since the load, no path of this machine.

Where a meeting has no address on the web, its links are made of the file that was processed. Such
a link leads to the player of these pages instead, before anything is shown as HTML or JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any
from urllib.parse import urlencode

from matters_arising.web.addresses import meeting_address, playable
from warehouse.playing import files
from warehouse.reader import Reader
from warehouse.since import since_load


class Outward:
    """Makes data fit to leave; for one request. ``base`` is where the pages are, if not here."""

    def __init__(self, reader: Reader, base: str = "") -> None:
        self._reader, self._base = reader, base
        self._names = since_load(reader).names

    def shown(self, value: Any, meeting_id: str = "") -> Any:
        """The same value with links that may be followed and texts that may be read."""
        if isinstance(value, str):
            return self._names.text(value) if self._names else value
        if is_dataclass(value) and not isinstance(value, type):
            return self._record(value, meeting_id)
        if isinstance(value, Mapping):
            return {key: self.shown(held, meeting_id) for key, held in value.items()}
        if isinstance(value, (list, tuple)):
            return type(value)(self.shown(held, meeting_id) for held in value)
        return value

    def _record(self, value: Any, meeting_id: str) -> Any:
        own = getattr(value, "meeting_id", "") or meeting_id
        changed: dict[str, Any] = {}
        for field in fields(value):
            held = getattr(value, field.name)
            if field.name == "link":
                made = self.link(held, own)
            elif isinstance(held, (list, tuple)) or self._names or is_dataclass(held):
                made = self.shown(held, own)
            else:
                continue  # the commonest: a plain value that nothing has to be taken out of
            if made != held:
                changed[field.name] = made
        return replace(value, **changed) if changed else value

    def link(self, link: str, meeting_id: str = "") -> str:
        """An address on the web as it is; a file as our own page at that second; else nothing."""
        if not link or playable(link) or link.startswith("/meeting/"):
            return link
        path, _, moment = link.partition("#t=")
        held = self._reader.total("files", files).get(path, [])
        place = next((p for m, p in held if m == meeting_id), None)
        if place is None:
            if not held:
                return ""
            meeting_id, place = held[0]
        part = {"part": place + 1} if place else {}
        moved = urlencode({"t": moment or "0", **part})
        return f"{self._base}{meeting_address(meeting_id)}?{moved}#now"
