"""Puts the desk, and the form for corrections, among the pages of an archive."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI

from matters_arising.web.desk import done, door, inbox, papers, queue, register, review, sound
from matters_arising.web.desk.back import can_go_back
from matters_arising.web.desk.sentences import in_a_sentence, moment
from matters_arising.web.headers import Proxy


def add_desk(app: FastAPI, home: Path, *, proxy: Proxy, wanted: bool) -> None:
    """The desk is there while somebody has an account or a proxy names people, and ``wanted``."""
    app.state.desk = door.Desk(home, named=proxy.names_people, wanted=wanted)
    app.state.queue = queue.Queue(app.state.live)
    app.state.templates.filters |= {"decided": in_a_sentence, "moment": moment}
    app.state.templates.tests["taken_back_here"] = can_go_back
    app.include_router(inbox.public)
    if not wanted:
        return
    for part in (door, papers, review, done, register, inbox, sound):
        app.include_router(part.router)
    app.add_exception_handler(door.NotLoggedIn, door.to_the_log_in)
