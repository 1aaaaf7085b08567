"""A small archive with a hostile meeting in it, its pages, and how a test reads them."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser

from fastapi.testclient import TestClient

from tests.warehouse import builders
from transcripts.meeting import AgendaItem, Meeting, Recording
from transcripts.processed import ProcessedMeeting
from transcripts.words import Attribution, Reason

LOCAL = "http://127.0.0.1:8321"
FIRST, LATER, HOSTILE, LONG = "2026-06-02", "2026-07-07", "hostile", "long"
PLAYER = "https://webcast.aldermere.example/1?t={start_s}"
REFERENCE = "SCSC/2026-27/01"
PAGES = (
    "/",
    "/search",
    "/search?q=cameras",
    "/search?q=zeppelin",
    f"/meeting/{FIRST}",
    f"/meeting/{HOSTILE}",
    f"/meeting/{HOSTILE}?find=recommend",
    f"/meeting/{LONG}?offset=400",
    "/recommendations",
    "/recommendations?state=all",
    "/floated",
    "/recommendations?committee=SCSC",
    f"/recommendation/{REFERENCE}",
    "/corrections",
    "/help",
    "/help/operator",
    "/nowhere",
)
SCRIPT = "<script>alert(1)</script>"
HOOK = "\"><img/src=x/onerror='alert(2)'>"


def hostile() -> ProcessedMeeting:
    """A meeting whose words, names, titles, reasons and link all try to be part of a page."""
    voices = (
        Attribution("V1", f"Cllr {SCRIPT}", "named", f"Cllr {SCRIPT}", 2.0, (
            Reason("self-introduction", f"I am {HOOK}", 0.5, 2.0),)),
    )  # fmt: skip
    said = builders.transcript(
        HOSTILE,
        (("V1", HOOK, f"I recommend {SCRIPT} that {HOOK} {{{{7*7}}}} dragons."),),
        voices=voices,
    )
    found = builders.finding(
        said,
        "recommendation",
        f"recommend {SCRIPT} that {HOOK}",
        addressee=SCRIPT,
        due=HOOK,
        rules=(SCRIPT,),
    )
    meeting = Meeting(
        HOSTILE,
        SCRIPT,
        f"Committee {HOOK}",
        "X",
        date(2026, 6, 3),
        f"{SCRIPT}{HOOK}",
        link="javascript:alert({start_s})",
        agenda=(AgendaItem(HOOK, SCRIPT),),
        recordings=(Recording("x.opus", builders.sha_of(HOSTILE)),),
    )
    return ProcessedMeeting(meeting, (builders.processed(said, (found,)),))


def long_meeting() -> ProcessedMeeting:
    """A meeting of more utterances than a page shows."""
    lines = [("V1", "", f"This is remark {number}.") for number in range(405)]
    return builders.one_transcript(builders.transcript(LONG, lines), day=date(2026, 6, 4))


def later_meeting() -> ProcessedMeeting:
    """A later meeting that follows up what the first recommended."""
    said = builders.transcript(LATER, (("V1", "2", "Cabinet publishes its schedule in July."),))
    found = (builders.finding(said, "follow-up", "Cabinet publishes its schedule"),)
    return builders.one_transcript(said, found, day=date(2026, 7, 7))


class Read(HTMLParser):
    """What a browser makes of a page: its elements, their attributes, its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every such element."""
        return [attrs for name, attrs in self.tags if name == tag]


def read(client: TestClient, address: str) -> Read:
    """A page as a browser has it."""
    return Read(client.get(address).text)
