"""A Public-i server with one webcast, as its tests and those of killed runs need it."""

from __future__ import annotations

from pathlib import Path

from tests.transcripts.sources.council_server import CouncilServer, Reply, marked
from tests.transcripts.sources.fetching import settled
from tests.transcripts.sources.moderngov_support import CONFIG, JUNE, council

FEED = "/core/data/2041/archived/1/agenda/1"
VIDEO, STORE = "/core/redirect/download_webcast/9000101/video.mp4", "/store/9000101.mp4"
CAPTIONS = "/subtitles/127_9000101_en_GB.vtt"
SOURCE = """
[[council.source]]
kind = "public-i"
url = "{base}"
feed = "2041"
captions_url = "{base}/subtitles/{{council}}_{{uid}}_en_GB.vtt"
enabled = true
permission = "agreed with the democratic services manager, 2 June 2026"
private = true
pause_s = 0.0
timeout_s = 2.0
"""
SOUND = b"\0\0\0\x18ftypmp42" + bytes(5000)
VTT = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Councillor Helen Penrose>Good evening.</v>\n"


def feed(*points: tuple[str, str], title: str = JUNE[1], live: str = "") -> Reply:
    """A feed of one webcast; its namespace is whatever an install calls it."""
    told = "".join(
        f"<x:agenda_item><x:agenda_id>{n}</x:agenda_id><x:agenda_text>{text}</x:agenda_text>"
        f"<x:agenda_time>{time}</x:agenda_time></x:agenda_item>"
        for n, (time, text) in enumerate(points)
    )
    page = "https://aldermere.public-i.example/core/portal/webcast_interactive/9000101"
    return Reply(
        (
            '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:x="urn:any"><channel><item>'
            f"<title>{title}</title><guid>{page}</guid><x:liveDate>"
            f"{live or 'Thu, 11 Jun 2026 18:31:00 +0100'}</x:liveDate><x:activity>9000101"
            f"</x:activity><x:agenda>{told}</x:agenda></item></channel></rss>"
        ).encode()
    )


POINTS = (
    ("12", "1. Apologies"),
    ("60", "2. Live facial recognition"),
    ("65", "Councillor Helen Penrose, Chair"),
    ("300", "Vote"),
)


def webcast(server: CouncilServer, folder: Path, video: Reply | None = None) -> Path:
    """The folder of a council that has ModernGov and a webcast; ``video`` is the recording."""
    council(server)
    server.routes |= {
        FEED: feed(*POINTS),
        VIDEO: video or Reply(b"", 302, {"Location": STORE}),
        STORE: marked(SOUND, '"v1"'),
        CAPTIONS: marked(VTT, '"c1"'),
    }
    return settled(folder, CONFIG.format(base=server.base), SOURCE.format(base=server.base))
