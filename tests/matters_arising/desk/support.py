"""A desk as tests sit at it: an archive with doubts, pages at a real port, clerks who log in."""

from __future__ import annotations

import html
import json
import re
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from uvicorn import Config, Server

from flows.load import load_meeting, rebuild
from matters_arising.web.app import create_app
from matters_arising.web.desk.accounts import Accounts
from tests.warehouse import builders
from tests.warehouse import register_builders as made
from transcripts.meeting import Engine
from transcripts.minutes import MinuteMatch, MinutePoint, MinutesVersion
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record

ANN, BEN = "Ann Clerk", "Ben Officer"
PASSWORD = {ANN: "three odd words", BEN: "other odd words"}
MEETING, LATER = "2026-06-02", "2026-07-07"
REPORT = "20260717T021500000000"  # a night, and what its report says of what failed
TOLD_OF_A_RUN = "inbox/empty.mp3 is empty (0 bytes); copy it again from where it came from"
REFERENCE, OTHER = "SCSC/2026-27/01", "SCSC/2026-27/02"


MADE = builders.transcript(
    MEETING,
    (
        ("V2", "5", "I am worried that residents were never told about the cameras."),
        ("V2", "5", "I recommend that the Cabinet publishes a schedule before any deployment."),
        ("V1", "5", "Shall we take that as our recommendation? Agreed."),
        ("V3", "5", "I recommend that notices stand at every bus stop. We agreed to it."),
        ("V4", "6", "My street has not been swept. Will the bins be emptied on Friday?"),
    ),
)
ASKED = builders.finding(
    MADE,
    "recommendation",
    "the Cabinet publishes a schedule before any deployment",
    agreed=True,
    addressee="the Cabinet",
)
NOTICES = builders.finding(MADE, "recommendation", "notices stand at every bus stop", agreed=True)
TOLD = builders.transcript(
    LATER,
    (
        ("V1", "1", "We begin with matters arising."),
        ("V3", "1", "Now the Cabinet publishes a schedule before any deployment."),
        ("V3", "5", "We will write to you by the end of the month."),
    ),
)


def doubtful() -> ProcessedMeeting:
    """A meeting that recommended two things, with a finding that may be none, and minutes of which
    one point may be what was said and another was not heard."""
    worry = builders.finding(
        MADE, "concern", "residents were never told about the cameras", score=0.31
    )
    motions = (
        made.motion(
            MADE, ASKED,
            ("floated", "the Cabinet publishes a schedule before any deployment"),
            ("agreed", "Agreed."),
            addressee="the Cabinet",
        ),
        made.motion(
            MADE, NOTICES,
            ("floated", "notices stand at every bus stop"), ("agreed", "We agreed to it."),
        ),
    )  # fmt: skip
    part = made.processed(MADE, (worry, ASKED, NOTICES), motions)
    return ProcessedMeeting(builders.meeting(MEETING), (part,))


def minuted(meeting: ProcessedMeeting) -> MinutesVersion:
    """Its minutes, whose first point is only likely to be what was said."""
    points = (
        MinutePoint("p1", "recommendation", "That Cabinet be asked to publish its plans", 0,
                    minute_no="31"),
        MinutePoint("p2", "action", "That a briefing note be circulated", 1, minute_no="32"),
    )  # fmt: skip
    match = MinuteMatch("p1", ASKED.id, 0.55, 0.1, "proposed", ("shares the words publish",))
    versions = tuple(p.findings.version for p in meeting.transcripts)
    return MinutesVersion(
        MEETING, "ab" * 32, "minutes.docx", "2026-06-20T09:00:00+01:00", "draft", "docx",
        Engine("minutes", "made up", "1"), points, "", (match,), versions,
    )  # fmt: skip


def later() -> ProcessedMeeting:
    """A later meeting in which somebody says what may be that it was done."""
    promise = builders.finding(TOLD, "undertaking", "We will write to you", score=0.45)
    done = made.claim(TOLD, "complete", "the Cabinet publishes a schedule before any deployment")
    part = made.processed(TOLD, (promise,), (), (done,))
    return ProcessedMeeting(builders.meeting(LATER, day=date(2026, 7, 7)), (part,))


def make(home: Path) -> Path:
    """The archive, with its record, and two accounts."""
    for done in (doubtful(), later()):
        Record(home).save(done, key=f"key of {done.meeting.id}")
        if done.meeting.id == MEETING:
            Record(home).save_minutes(minuted(done))
        load_meeting(home, done)
    for name, password in PASSWORD.items():
        Accounts(home).add(name, password)
    return home


def copied(home: Path, to: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    return to


def with_sound(home: Path, meeting_id: str, file: Path) -> None:
    """Gives a meeting, which was made from captions, a recording that can be played."""
    folder = home / "record" / meeting_id
    known = json.loads((folder / "meeting.json").read_text(encoding="utf-8"))
    sha = Record(home).read(meeting_id).transcripts[0].transcript.recording_sha256
    known["recordings"][0] |= {"path": str(file), "sha256": sha}
    (folder / "meeting.json").write_text(json.dumps(known), encoding="utf-8")
    rebuild(home)


@dataclass
class Desk:
    """The pages at a port of this machine."""

    app: FastAPI
    address: str
    open: ExitStack

    def client(self, **more: Any) -> httpx.Client:
        """Somebody's browser, as far as requests go; closed with the pages."""
        made = httpx.Client(base_url=self.address, timeout=60, follow_redirects=False, **more)
        self.open.callback(made.close)
        return made

    def clerk(self, name: str = ANN) -> Clerk:
        """Somebody who has logged in."""
        made = Clerk(self.client())
        made.log_in(name, PASSWORD[name])
        return made

    def settled(self) -> None:
        """Waits until what was decided is in the warehouse."""
        thread = self.app.state.desk.keeper._thread
        if thread is not None:
            thread.join(timeout=60)


class Clerk:
    """A person at the desk: opens pages, fills in their forms, sends them."""

    def __init__(self, client: httpx.Client) -> None:
        self.client = client
        self.page = ""
        self.status = 0

    def log_in(self, name: str, password: str) -> int:
        """Gives the status of the answer."""
        self.open("/desk/log-in")
        self.send("/desk/log-in", name=name, password=password)
        return self.status

    def open(self, address: str) -> str:
        """The page at an address, redirects followed; gives its words."""
        return self._kept(self.client.get(address, follow_redirects=True))

    def send(self, address: str, **fields: str) -> str:
        """Sends the form to an address with the hidden fields that its page gives it."""
        hidden = self.form(address)
        return self._kept(self.client.post(address, data={**hidden, **fields}))

    def form(self, address: str, containing: str = "") -> dict[str, str]:
        """The hidden fields of the page's first form to an address."""
        forms = re.findall(r'<form[^>]*action="([^"]+)"[^>]*>(.*?)</form>', self.page, re.S)
        found = next(
            (inner for to, inner in forms if html.unescape(to) == address and containing in inner),
            "",
        )
        hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found)
        return {name: html.unescape(value) for name, value in hidden}

    def links(self, start: str) -> list[str]:
        """The addresses on the page that begin so."""
        return [
            html.unescape(a)
            for a in re.findall(r'href="([^"]+)"', self.page)
            if a.startswith(start)
        ]

    @property
    def words(self) -> str:
        """The page without its tags."""
        return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", self.page).split()))

    def _kept(self, answer: httpx.Response) -> str:
        self.status, self.page = answer.status_code, answer.text
        self.answer = answer
        return self.page


@contextmanager
def served(home: Path, **more: Any) -> Iterator[Desk]:
    """The pages of an archive at a port of their own, as ``matters serve`` serves them."""
    app = create_app(home, **more)
    listening = socket.create_server(("127.0.0.1", 0))
    config = Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False
    )
    server = Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while thread.is_alive() and not server.started:
        time.sleep(0.01)
    try:
        with ExitStack() as clients:
            yield Desk(app, f"http://127.0.0.1:{listening.getsockname()[1]}", clients)
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listening.close()
