"""yt-dlp as a library: what a site says of its videos, and the files of one.

It finds its own way on a site, so what it may ask cannot be held to a list of hosts. It is held to
pauses, to sites it has an adapter for, and to addresses outside this network.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from matters_arising.errors import BadInputError, MissingModelError, TransientError
from transcripts.network import is_within
from transcripts.sources.config import SourceConfig
from transcripts.sources.faults import MissingError, RefusedError

logger = logging.getLogger(__name__)

GET_IT = "python -m pip install --constraint constraints.txt yt-dlp"
ADAPTERS = ("default", "-generic")  # the generic one follows whatever a page embeds, anywhere
MOST_CAPTIONS = 32_000_000
PASSING = re.compile(
    r"timed? ?out|temporar|connection|reset|refused|HTTP Error 5\d\d|incomplete|unable to resolve|"
    r"more expected|giving up",
    re.IGNORECASE,
)
REFUSED = re.compile(r"HTTP Error (?:401|403|429)|sign in|not a bot|private video|members", re.I)
MARKS = re.compile(r"\x1b\[[0-9;]*m|ERROR: |\r|\[download\] ")
GONE = re.compile(r"HTTP Error (?:404|410)|unavailable|removed|does not exist", re.IGNORECASE)


class Videos:
    """One site, as one source may ask it. ``warnings`` are what yt-dlp warned of since it was read.

    ``adapters``: further classes of yt-dlp's kind, asked before its own.
    """

    def __init__(self, config: SourceConfig, agent: str, adapters: Sequence[Any] = ()) -> None:
        self._config, self._agent, self._adapters = config, agent, adapters
        self.warnings: list[str] = []

    def listing(self, address: str, newest: int) -> list[dict[str, Any]]:
        """The newest videos of a channel, a list or a page, as far as the list tells of them."""
        told = self._asked(address, extract_flat="in_playlist", playlist_items=f"1:{newest}")
        if told.get("_type") not in ("playlist", "multi_video"):
            return [told]
        return [dict(e) for e in told.get("entries") or () if e]

    def video(self, address: str) -> dict[str, Any]:
        """All that is told of one video."""
        return self._asked(address, noplaylist=True)

    def save(self, info: dict[str, Any], to: Path) -> str:
        """Saves the sound of a video at ``to``; gives its suffix."""
        place = to.with_suffix("")
        with self._opened(format="bestaudio/best", outtmpl=f"{place}.%(ext)s") as ydl:
            fresh = dict(ydl.sanitize_info(info))
            made = self._guarded(info["webpage_url"], lambda: ydl.process_ie_result(fresh))
        parts = (made or {}).get("requested_downloads") or [{}]
        saved = Path(parts[0].get("filepath", ""))
        if not saved.is_file():
            raise TransientError(f"{info['webpage_url']} gave no recording; tried again next time")
        suffix = saved.suffix.lower()
        saved.rename(to)
        return suffix

    def text(self, address: str) -> bytes:
        """A file of captions."""
        with self._opened() as ydl:

            def read() -> bytes:
                with ydl.urlopen(address) as answer:
                    data: bytes = answer.read(MOST_CAPTIONS + 1)
                return data

            data: bytes = self._guarded(address, read)
        if len(data) > MOST_CAPTIONS:
            raise BadInputError(f"{address} is larger than {MOST_CAPTIONS // 10**6} MB")
        return data

    def _asked(self, address: str, **options: Any) -> dict[str, Any]:
        self.warnings = []
        with self._opened(**options) as ydl:
            told = self._guarded(address, lambda: ydl.extract_info(address, download=False))
            found: dict[str, Any] = ydl.sanitize_info(told or {})
        return found

    def _guarded(self, address: str, call: Any) -> Any:
        """yt-dlp's faults as ours: what may pass, what is refused, what is not there."""
        from yt_dlp.networking.exceptions import RequestError
        from yt_dlp.utils import YoutubeDLError

        try:
            return call()
        except (YoutubeDLError, RequestError) as fault:
            said = MARKS.sub("", str(fault)).split("; please report")[0].strip()
            sentence = f"{address}: {said}"
            if REFUSED.search(said):
                raise RefusedError(sentence) from fault
            if GONE.search(said):
                raise MissingError(sentence) from fault
            kind = TransientError if PASSING.search(said) else BadInputError
            raise kind(sentence) from fault

    def _opened(self, **options: Any) -> Any:
        """A yt-dlp that is quiet, keeps no cache, and asks nothing within this network."""
        try:
            from yt_dlp import YoutubeDL
        except ImportError as fault:
            raise MissingModelError("yt-dlp", GET_IT) from fault
        private = self._config.private

        class Careful(YoutubeDL):  # type: ignore[misc]
            def urlopen(self, req: Any) -> Any:
                address = req if isinstance(req, str) else req.url
                if not private and is_within(address):
                    raise _within(address)
                answer = super().urlopen(req)
                # yt-dlp follows what a server sends on to by itself; what comes of it is not taken
                if not private and answer.url != address and is_within(answer.url):
                    answer.close()
                    raise _within(answer.url)
                return answer

        pause = self._config.pause_s
        made = Careful(
            {
                "quiet": True,
                "noprogress": True,
                "logger": _Said(self.warnings),
                "cachedir": False,
                "allowed_extractors": list(self._config.extractors or ADAPTERS),
                "http_headers": {"User-Agent": self._agent},
                "socket_timeout": self._config.timeout_s,
                "retries": 3,
                "extractor_retries": 1,
                "file_access_retries": 0,
                "sleep_interval_requests": pause,
                "sleep_interval": pause,
                "max_sleep_interval": pause * 2,
                "sleep_interval_subtitles": pause,
                "fixup": "never",
                "overwrites": True,
                "ignoreerrors": False,
                **options,
            },
            auto_init=False,
        )
        for adapter in self._adapters:
            made.add_info_extractor(adapter())
        made.add_default_info_extractors()
        return made


def _within(address: str) -> BadInputError:
    return BadInputError(
        f"{address} is an address within this network, and was not fetched; where it is meant, "
        "write private = true in matters.toml"
    )


class _Said:
    """What yt-dlp says: warnings are kept, the rest is for who looks for a fault."""

    def __init__(self, warnings: list[str]) -> None:
        self._warnings = warnings

    def debug(self, words: str) -> None:
        """Progress, mostly."""
        logger.debug("yt-dlp: %s", words)

    info = debug

    def warning(self, words: str) -> None:
        """What it did without."""
        logger.debug("yt-dlp: %s", words)
        self._warnings.append(words)

    def error(self, words: str) -> None:
        """It raises too."""
        logger.debug("yt-dlp: %s", words)
