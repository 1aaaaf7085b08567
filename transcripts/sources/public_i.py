"""Public-i (Connect): a council's webcasts, with index points and captions, from its feed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from matters_arising.errors import BadInputError
from transcripts.sources.clock import on_the_wall
from transcripts.sources.config import CouncilConfig, SourceConfig
from transcripts.sources.index_points import as_chapters, index_points, items_of, marks_of
from transcripts.sources.meeting import Saved, SourceFile, SourceMeeting
from transcripts.sources.moderngov_answers import decoded, plain, root_of
from transcripts.sources.saved_check import check_saved
from transcripts.sources.web import Web

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HOSTS = ("*.public-i.tv",)  # where the vendor keeps captions and recordings
CAPTIONS = "https://cl-assets.public-i.tv/{council}/subtitles/{council}_{uid}_en_GB.vtt"
FEED = "{base}/core/data/{feed}/archived/1/agenda/1"
FINDER = "{base}/core/portal/magic_rss"
RECORDING = "{base}/core/redirect/download_webcast/{uid}/video.mp4"
NOT_OFFERED = "not-available"


class PublicI:
    """A council's webcasts, as one source."""

    def __init__(self, config: SourceConfig, council: CouncilConfig, web: Web) -> None:
        self.name = config.name or config.kind
        self.council = council.name
        self.faults: list[str] = []
        self.unread: list[str] = []
        self.unfinished = False  # it is read whole or not at all
        self._config, self._language, self._web = config, council.language, web
        parts = urlsplit(config.url)
        self._base = f"{parts.scheme}://{parts.netloc}"
        self._slug = (parts.hostname or "").split(".")[0]
        self._captions = config.captions_url or CAPTIONS

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """The archived webcasts of these days."""
        self.faults = []
        for item in self._items():
            try:
                meeting = self._meeting(item)
            except ValueError as fault:
                self.faults.append(f"a webcast of the feed: {fault}")
                continue
            if since <= meeting.date <= until:
                yield meeting

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Saves a recording or captions; a page in their place is refused."""
        saved = self._web.save(file.address, to, known, not_to=NOT_OFFERED)
        if not saved.unchanged:
            check_saved(file.kind, to, file.address)
        return saved

    def describe(self) -> list[str]:
        """How many webcasts the feed has."""
        count = len(self._items())
        takes = "recordings and captions" if self._config.recordings else "captions only"
        return [
            f"{self._base}: {count} webcasts in its feed; takes {takes}",
            f"asks {', '.join(self._web.hosts)}; permission: {self._config.permission}",
        ]

    def _items(self) -> list[Element]:
        feed = self._config.feed or self._found()
        answer = self._web.read(FEED.format(base=self._base, feed=feed), keep=True)
        return [e for e in root_of(answer, "rss", "channel").iter() if _is(e, "item")]

    def _found(self) -> str:
        """The number of the council's feed, which a page of the site holds in a hidden field."""
        answer = self._web.read(FINDER.format(base=self._base), keep=True)
        page = decoded(answer)
        fields = re.findall(r"<input\b[^>]*>", page, re.IGNORECASE)
        field = next((f for f in fields if re.search(r"name=[\"']?ds_id\b", f)), "")
        found = re.search(r"value=[\"']?([\w-]+)", field)
        if found is None:
            raise BadInputError(
                f'{answer.address} does not tell the number of the feed: write it as feed = "…"'
            )
        return found[1]

    def _meeting(self, item: Element) -> SourceMeeting:
        page = _text(item, "guid") or _text(item, "link")
        uid = _text(item, "activity") or page.rstrip("/").rpartition("/")[2]
        title = plain(_text(item, "title"))
        if not re.fullmatch(r"[\w-]+", uid) or not title:
            raise ValueError(f"it has no number or no title ({title or page or 'nothing'})")
        when = _when(_text(item, "liveDate") or _text(item, "pubDate"), title)
        told = [(_text(e, "agenda_time"), plain(_text(e, "agenda_text"))) for e in _points(item)]
        points = index_points(told)
        note = () if points or not told else ("its index points do not rise: left out",)
        files = self._files(uid)
        if points:
            address = f"{page}#index"
            files.append(SourceFile("chapters", address, self.name, as_chapters(points), ".vtt"))
        return SourceMeeting(
            keys=(f"{self.name}:{uid}",),
            council=self.council,
            committee=title,
            date=when.date(),
            start=f"{when:%H:%M}",
            language=self._language,
            page=page,
            link=f"{page.replace('{', '').replace('}', '')}/start_time/{{start_ms}}"
            if page
            else "",
            agenda=items_of(points),
            marks=marks_of(points),
            files=tuple(files),
            notes=note,
        )

    def _files(self, uid: str) -> list[SourceFile]:
        captions = self._captions.format(council=self._slug, uid=uid)
        files = [SourceFile("captions", captions, self.name, suffix=".vtt", status="unknown")]
        if self._config.recordings:
            address = RECORDING.format(base=self._base, uid=uid)
            files.insert(0, replace(files[0], kind="recording", address=address, suffix=".mp4"))
            files[0] = replace(files[0], status="")
        return files


def _when(told: str, title: str) -> datetime.datetime:
    """When a webcast began, by the clock of the room."""
    try:
        return on_the_wall(parsedate_to_datetime(told))
    except (TypeError, ValueError) as fault:
        raise ValueError(f"'{title}' tells no day ('{told}')") from fault


def _points(item: Element) -> Iterator[Element]:
    yield from (e for e in item.iter() if _is(e, "agenda_item"))


def _is(element: Element, name: str) -> bool:
    return str(element.tag).rpartition("}")[2] == name


def _text(element: Element, name: str) -> str:
    """The text of a child by its name alone: the feed's namespace differs between installs."""
    found = next((e for e in element if _is(e, name)), None)
    return (found.text or "").strip() if found is not None else ""
