"""An archive whose files lie in a folder that tells something, and every kind of page of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from fastapi.testclient import TestClient

from tests.matters_arising.web_support import REFERENCE
from tests.warehouse import builders
from tests.warehouse.register_builders import Likeness
from transcripts.ledger import Ledger
from transcripts.linked import Thread, Worry
from transcripts.meeting import Person, Recording
from transcripts.processed import ProcessedMeeting
from warehouse.query import Filters
from warehouse.saved_file import add
from warehouse.store import load

MEETING, CLOSED, CUT, GONE = "2026-06-02", "closed", "cut", "gone"
SOUND = bytes(range(256)) * 40_000  # 10 MB; the pages hand out bytes and do not care what they say
PUBLIC = ("Joan Petty-Smith", "Petty-Smith")
FACT = "The trial of live facial recognition ran for two days."
SAYS = (
    *builders.LINES,
    ("V2", "5", "Thank you Mr Brough, and Tom Petty agrees. It is <b>bold</b> & new."),
    ("V2", "5", "=cmd|'/C calc'!A0 is no formula."),
)


def kept(made: Path, meeting_id: str, *, more: object = None, **of: object) -> ProcessedMeeting:
    """A meeting without an address on the web, whose file lies in a folder that tells something."""
    folder = made / "Operators secret folder"
    folder.mkdir(exist_ok=True)
    path = folder / f"{meeting_id}.opus"
    if meeting_id != GONE:
        path.write_bytes(SOUND)
    said = builders.transcript(meeting_id, SAYS)
    findings = (
        builders.finding(said, "concern", "residents were never told about the cameras"),
        builders.finding(
            said, "recommendation", "recommend that the Cabinet publishes", agreed=True
        ),
    )
    people = (
        *builders.ROSTER,
        Person("Ivo Brough", "Resident", "public"),
        Person("Ivo Tranter", "Superintendent", "guest"),
    )
    meeting = builders.meeting(meeting_id, people=people, day=date(2026, 6, 2))
    recording = Recording(str(path), builders.sha_of(meeting_id))
    meeting = replace(meeting, recordings=(recording,), **of)
    done = builders.processed(said, findings)
    if more:
        done = replace(
            done, transcript=replace(said, coverage=replace(said.coverage, gaps=(more,)))
        )
    return ProcessedMeeting(meeting, (done,))


class Worries(Likeness):
    """Puts every concern into one thread, under the words of the first."""

    def threads(self, worries: Sequence[Worry]) -> list[Thread]:
        """One thread of everything."""
        return [Thread("t", worries[0].text, tuple(w.finding_id for w in worries))]


def archive_of(home: Path, meetings: Sequence[ProcessedMeeting]) -> Path:
    """These meetings, loaded, with a recommendation, a worry that came back, a saved search."""
    (asked,) = (
        f for f in meetings[0].transcripts[0].findings.findings if f.kind == "recommendation"
    )
    standing, mark = Ledger(home).standing_to()
    load(
        home,
        meetings,
        decisions=standing,
        mark=mark,
        references={asked.id: REFERENCE},
        linker=Worries(),
    )
    add(home, "agrees", "agrees", Filters())
    return home


def pages_of(reader: TestClient) -> list[str]:
    """Every kind of page with its twin, its downloads and its pictures; nothing is asked for."""
    said = reader.get(f"/meeting/{MEETING}.json").json()["transcript"][2]
    name = f"{said['transcript_version'][:8]}-{said['utterance_id']}"
    pages = (
        "/index",
        f"/meeting/{MEETING}",
        f"/said/{MEETING}/{name}",
        "/recommendations",
        f"/recommendation/{REFERENCE}",
        "/floated",
        "/person/ann-varley",
        "/committees",
        "/committee/scsc",
        "/concerns",
        "/concern/t",
        "/about",
        "/help",
        "/help/researcher",
        "/help/clerk",
        "/help/operator",
    )
    out = [address for page in pages for address in (page.replace("/index", "/"), f"{page}.json")]
    out += [f"/meeting/{MEETING}/transcript.{kind}" for kind in ("vtt", "csv", "json")]
    return [*out, "/concern/t.svg"]


def asked_of(words: str) -> list[str]:
    """Every page at which words can be asked for, with its twin, and what is made of saved ones."""
    pages = ("/search", "/trends", "/concordance")
    out = [f"{page}{ending}?q={words}" for page in pages for ending in ("", ".json")]
    out += [f"/meeting/{MEETING}{ending}?find={words}" for ending in ("", ".json")]
    out += [f"/saved/agrees.{kind}" for kind in ("atom", "rss", "json")]
    return [*out, f"/trends.svg?q={words}"]
