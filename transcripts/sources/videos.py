"""Meetings on video sites, through yt-dlp: recordings, chapters, and captions by who made them."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from matters_arising.errors import BadInputError, MattersArisingError
from transcripts.sources.asked import Asked
from transcripts.sources.clock import at_second
from transcripts.sources.config import CouncilConfig, SourceConfig
from transcripts.sources.index_points import as_chapters, index_points, items_of, marks_of
from transcripts.sources.meeting import Saved, SourceFile, SourceMeeting
from transcripts.sources.moderngov_answers import plain
from transcripts.sources.moderngov_pages import written_day
from transcripts.sources.saved_check import check_saved
from transcripts.sources.whole import write_hashed
from transcripts.sources.ytdlp import Videos

FORMS = ("vtt", "srt")  # those that are read here, the better first
BLOCKED = re.compile(r"po.?token|subtitles|captions|429", re.IGNORECASE)
# a channel has more than meetings: those of committees that are listed are told by their names
BODY = re.compile(
    r"\b(?:committee|council|cabinet|panel|board|scrutiny|commission|executive|forum|assembly)\b",
    re.IGNORECASE,
)
NOT_YET = ("is_upcoming", "is_live", "post_live")


@dataclass(frozen=True, slots=True)
class Captions:
    """Captions that a video has: where, in which form, in which language, and made by whom."""

    address: str
    form: str
    language: str
    status: str


class VideoSource:
    """A channel, a list or a page of videos, as one source."""

    def __init__(
        self,
        config: SourceConfig,
        council: CouncilConfig,
        agent: str,
        adapters: Sequence[Any] = (),
        *,
        listed: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """``listed``: whether a title is that of a meeting of a committee that is configured."""
        self._listed = listed
        self.name = config.name or config.kind
        self.council = council.name
        self.faults: list[str] = []
        self.unread: list[str] = []
        self._asked = Asked()
        self._config, self._language = config, council.language
        self._videos = Videos(config, agent, adapters)
        self._told: dict[str, dict[str, Any]] = {}
        self._captions: dict[str, Captions] = {}

    @property
    def unfinished(self) -> bool:
        """Whether the network failed at any of it."""
        return self._asked.unfinished

    def meetings(self, since: datetime.date, until: datetime.date) -> Iterator[SourceMeeting]:
        """The videos of these days, among the newest. What has no day is asked for one by one."""
        self.faults, self.unread = [], []
        self._asked.unfinished = False
        for entry in self._asked.once("list", self._listing):
            day = day_of(entry)
            if day is not None and not since <= day <= until:
                continue
            if entry.get("title") and not self._is_meeting(str(entry["title"])):
                continue
            address = str(entry.get("webpage_url") or entry.get("url"))
            try:
                meeting = self._asked.once(address, partial(self._of, entry))
                if meeting is not None and since <= meeting.date <= until:
                    yield meeting
            except MattersArisingError as fault:
                self.unread.append(f"{self.name}:{entry.get('id') or address}")
                self.faults.append(f"{entry.get('title') or entry.get('url')}: {fault}")

    def _of(self, entry: Mapping[str, Any]) -> SourceMeeting | None:
        """The meeting that a video is of; None for one that is none, or is not over."""
        info = self._whole(entry)
        title = str(info.get("title") or "")
        if info.get("live_status") in NOT_YET or not self._is_meeting(title):
            return None
        day = day_of(info)
        if day is None:
            raise BadInputError(f"{info.get('webpage_url')} tells no day")
        return self._meeting(info, day)

    def save(self, file: SourceFile, to: Path, known: Saved) -> Saved:
        """Saves the sound, or captions. A recording is as it was while its site's marks are."""
        if file.kind == "captions":
            data = self._videos.text(self._captions[file.address].address)
            sha256 = write_hashed(to, data)
            check_saved("captions", to, file.address)
            return Saved(sha256=sha256, size=len(data))
        info = self._told[file.address]
        mark = ":".join(str(info.get(k) or "") for k in ("id", "duration", "modified_timestamp"))
        if known.etag == mark:
            return Saved(known.sha256, known.size, mark, unchanged=True)
        suffix = self._videos.save(info, to)
        with to.open("rb") as saved:
            sha256 = hashlib.file_digest(saved, "sha256").hexdigest()
        return Saved(sha256, to.stat().st_size, mark, suffix=suffix)

    def describe(self) -> list[str]:
        """How many videos its list shows."""
        count = len(self._videos.listing(self._config.url, self._config.newest))
        takes = "their sound and captions" if self._config.recordings else "their captions only"
        return [
            f"{self._config.url}: the newest {count} videos are looked at; takes {takes}",
            "a video is a meeting where its title names a listed committee, or a body and a day",
            f"permission: {self._config.permission}; yt-dlp asks what the site needs, and no "
            "robots.txt",
        ]

    def _listing(self) -> list[dict[str, Any]]:
        return list(self._videos.listing(self._config.url, self._config.newest))

    def _is_meeting(self, title: str) -> bool:
        named = written_day(title) is not None and BODY.search(title)
        return bool(self._config.committee or self._listed(title) or named)

    def _whole(self, entry: Mapping[str, Any]) -> dict[str, Any]:
        """A list tells little of a video; a page of one has told all."""
        if entry.get("formats") or entry.get("subtitles"):
            info = dict(entry)
        else:
            info = self._videos.video(str(entry.get("webpage_url") or entry.get("url")))
        info.setdefault("webpage_url", self._config.url)
        return info

    def _meeting(self, info: dict[str, Any], day: datetime.date) -> SourceMeeting:
        page, title = str(info["webpage_url"]), plain(str(info.get("title") or ""))
        captions, status = self._captions_of(info, page)
        files = [captions] if captions else []
        if self._config.recordings:
            self._told[page] = info
            files.insert(0, SourceFile("recording", page, self.name))
        told = [
            (str(c.get("start_time") or 0.0), plain(str(c.get("title") or "")))
            for c in info.get("chapters") or ()
        ]
        points = index_points(told)
        if points:
            data = as_chapters(points)
            files.append(SourceFile("chapters", f"{page}#chapters", self.name, data, ".vtt"))
        return SourceMeeting(
            keys=(f"{self.name}:{info.get('id') or page}",),
            council=self.council,
            committee=self._config.committee or title,
            date=day,
            title=title,
            start=_start(info, day),
            language=self._language,
            page=page,
            link=link_of(info, page),
            agenda=items_of(points),
            marks=marks_of(points),
            files=tuple(files),
            captions={1: status},
            notes=("its captions are not handed out",) if status == "blocked" else (),
        )

    def _captions_of(self, info: dict[str, Any], page: str) -> tuple[SourceFile | None, str]:
        """Captions made by people before a machine's. None that are there is not none there are."""
        for status, field in (("human", "subtitles"), ("automatic", "automatic_captions")):
            found = best_captions(info.get(field) or {}, self._language, status)
            if found is not None:
                address = f"{page}#captions-{found.language}-{status}"
                self._captions[address] = found
                suffix = f".{found.form}"
                file = SourceFile("captions", address, self.name, suffix=suffix, status=status)
                return file, status
        blocked = any(BLOCKED.search(w) for w in self._videos.warnings)
        return None, "blocked" if blocked else "none"


def best_captions(tracks: Mapping[str, Any], language: str, status: str) -> Captions | None:
    """The track of a language that is nearest to what was said.

    What the public wrote stands among them under the name of no language (``live_chat``). Of a
    machine's, ``en-orig`` is what was heard, and ``en`` may be a translation of it.
    """
    names = [n for n in tracks if n.split("-")[0] == language]
    first = (f"{language}-orig", language)
    names.sort(key=lambda n: (first.index(n) if n in first else len(first), n))
    for name in names:
        by_form = {str(t.get("ext")): t for t in tracks[name] if t.get("url")}
        form = next((f for f in FORMS if f in by_form), "")
        if form:
            return Captions(str(by_form[form]["url"]), form, name, status)
    return None


def day_of(info: Mapping[str, Any]) -> datetime.date | None:
    """The day in the title, else when it was live, else when it was put up."""
    if day := written_day(str(info.get("title") or "")):
        return day
    for field in ("release_timestamp", "timestamp"):
        if info.get(field):
            return at_second(float(info[field])).date()
    for field in ("release_date", "upload_date"):
        told = str(info.get(field) or "")
        if re.fullmatch(r"\d{8}", told):
            return datetime.datetime.strptime(told, "%Y%m%d").date()
    return None


def _start(info: Mapping[str, Any], day: datetime.date) -> str:
    """When a live video began, where that was on the day of the meeting."""
    told = info.get("release_timestamp") if info.get("was_live") else None
    began = at_second(float(told)) if told else None
    return f"{began:%H:%M}" if began is not None and began.date() == day else ""


def link_of(info: Mapping[str, Any], page: str) -> str:
    """What plays a second of a video: the sites' own ways, else a media fragment."""
    bare = page.replace("{", "").replace("}", "")
    if str(info.get("extractor_key", "")).startswith("Youtube"):
        return f"https://www.youtube.com/watch?v={info.get('id')}&t={{start_s}}s"
    return f"{bare}#t={{start_s}}"
