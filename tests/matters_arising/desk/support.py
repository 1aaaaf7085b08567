"""A desk as tests sit at it: an archive with doubts, pages at a real port, clerks who log in."""

from __future__ import annotations

import html
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from uvicorn import Config, Server

from flows.load import load_meeting
from matters_arising.web.app import create_app
from matters_arising.web.desk.accounts import Accounts
from tests.warehouse import builders
from transcripts.processed import ProcessedMeeting
from transcripts.record import Record

ANN, BEN = "Ann Clerk", "Ben Officer"
PASSWORD = {ANN: "three odd words", BEN: "other odd words"}
MEETING, LATER = "2026-06-02", "2026-07-07"
REFERENCE, OTHER = "SCSC/2026-27/01", "SCSC/2026-27/02"


def doubtful() -> ProcessedMeeting:
    """The sample lines, with a finding that may be none and a second recommendation."""
    said = builders.transcript(MEETING)
    found = (
        builders.finding(
            said, "concern", "residents were never told about the cameras", score=0.31
        ),
        builders.finding(
            said,
            "recommendation",
            "recommend that the Cabinet publishes a schedule",
            rules=("R-recommend",),
            agreed=True,
            addressee="the Cabinet",
        ),
        builders.finding(said, "recommendation", "We published a notice", score=0.9, agreed=True),
        builders.finding(said, "undertaking", "We will write to you", score=0.45),
    )
    held = builders.meeting(MEETING)
    return ProcessedMeeting(held, (builders.processed(said, found),))


def later() -> ProcessedMeeting:
    """A later meeting in which somebody says what may be an answer."""
    lines = (
        ("V1", "2", "At our last meeting we recommended that the Cabinet publishes a schedule."),
        ("V3", "2", "Cabinet has accepted that it publishes a schedule before any deployment."),
    )
    said = builders.transcript(LATER, lines)
    found = (
        builders.finding(said, "follow-up", "Cabinet has accepted that it publishes a schedule"),
    )
    return builders.one_transcript(said, found, day=date(2026, 7, 7))


def make(home: Path) -> Path:
    """The archive, with its record, and two accounts."""
    for done in (doubtful(), later()):
        Record(home).save(done, key=f"key of {done.meeting.id}")
        load_meeting(home, done)
    for name, password in PASSWORD.items():
        Accounts(home).add(name, password)
    return home


def copied(home: Path, to: Path) -> Path:
    """A copy that a test may change."""
    shutil.copytree(home, to, dirs_exist_ok=True)
    return to


@dataclass
class Desk:
    """The pages at a port of this machine."""

    app: FastAPI
    address: str

    def client(self, **more: Any) -> httpx.Client:
        """Somebody's browser, as far as requests go."""
        return httpx.Client(base_url=self.address, timeout=60, follow_redirects=False, **more)

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
    try:
        yield Desk(app, f"http://127.0.0.1:{listening.getsockname()[1]}")
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        listening.close()
