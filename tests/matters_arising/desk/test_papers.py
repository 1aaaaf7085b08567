"""Matters arising, reports, corrections and the audit page."""

from __future__ import annotations

import io
import json
import re
import stat
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zipfile import ZipFile

import pytest

from matters_arising.web.desk import register
from matters_arising.web.desk.corrections import MOST_OPEN, Corrections
from tests.matters_arising.desk.support import ANN, MEETING, REFERENCE, Clerk, Desk
from transcripts.ledger import Decision, Ledger

ARISING = "/desk/arising?committee=SCSC&for=2026-09-10"


def test_the_matters_arising_page_is_built_of_chosen_parts(reader: Clerk) -> None:
    reader.open(ARISING)
    whole = reader.words
    reader.open(f"{ARISING}&part=0&part=5")
    part = reader.words.split("Make the page")[1]

    assert "Matters arising: Safer Communities Scrutiny Committee, 10 September 2026" in whole
    assert "Links for a person to confirm" in whole
    assert "Due by this meeting" in part
    assert "Links for a person to confirm" not in part
    assert "matters recommendation" not in whole


def test_the_document_holds_the_same_parts(reader: Clerk) -> None:
    answer = reader.client.get("/desk/arising.docx?committee=SCSC&for=2026-09-10&part=0")
    with ZipFile(io.BytesIO(answer.content)) as document:
        words = document.read("word/document.xml").decode()

    assert (
        'filename="matters-arising-safer-communities-scrutiny-committee-2026-09-10.docx"'
        in (answer.headers["content-disposition"])
    )
    assert REFERENCE in words
    assert "Due by this meeting" in words
    assert "Promises that fall due" not in words


def test_a_page_of_no_part_holds_none(reader: Clerk) -> None:
    """As a form says it whose boxes are all empty."""
    reader.open(f"{ARISING}&chosen=1")

    assert "No part of the page is chosen." in reader.words
    assert 'name="part" value="0" checked' not in reader.page
    assert "Due by this meeting" not in reader.words.split("Make the page")[1]


def test_the_document_is_for_members_and_holds_no_command(reader: Clerk) -> None:
    answer = reader.client.get("/desk/arising.docx?committee=SCSC&for=2026-09-10")
    with ZipFile(io.BytesIO(answer.content)) as document:
        words = document.read("word/document.xml").decode()

    assert "May be its minuted words" in words
    assert "matters recommendation" not in words


@pytest.mark.parametrize(
    ("query", "status"),
    [("committee=Nobody&for=2026-09-10", 404), ("committee=SCSC&for=soon", 400)],
)
def test_a_page_for_nobody_or_no_day_says_so(reader: Clerk, query: str, status: int) -> None:
    assert reader.client.get(f"/desk/arising?{query}").status_code == status


def test_reports_of_runs_name_every_failure_and_no_folder(desk: Desk, ann: Clerk) -> None:
    folder: Path = desk.app.state.desk.home / "reports"
    folder.mkdir(exist_ok=True)
    failed = {"where": "/srv/secret/june.mp3", "meeting_id": "", "outcome": "failed",
              "message": "no sound could be had from june.mp3"}  # fmt: skip
    done = {"where": "x", "meeting_id": "july", "outcome": "done", "named_share": 0.9}
    report = {"seconds": 3, "meetings": [failed, done]}
    (folder / "20260717T081500000000.json").write_text(json.dumps(report))
    (folder / "half.json").write_text('{"meetings": [')

    ann.open("/desk/reports")
    listed = ann.words
    ann.open("/desk/reports/20260717T081500000000")
    shown = ann.words

    assert "17 July 2026 08:15" in listed
    assert "1 of 2 meetings failed" in shown
    assert "no sound could be had from june.mp3" in shown
    assert "secret" not in ann.page


def test_a_correction_goes_from_the_reader_to_the_desk_and_is_closed_with_a_line(
    desk: Desk, ann: Clerk
) -> None:
    reader = Clerk(desk.client())
    reader.open("/corrections?where=/meeting/2026-06-02")
    given = 'value="/meeting/2026-06-02"' in reader.page
    reader.send("/corrections", what="I am Pety, not Petty", contact="t.pety@aldermere.example")
    sent = reader.status
    (kept,) = Corrections(desk.app.state.desk.home).all()
    ann.open("/desk/corrections")
    seen = ann.words
    ann.send("/desk/corrections", correction=kept.id, reference=REFERENCE, reason="asked Mr Pety")
    (closed,) = Corrections(desk.app.state.desk.home).all()
    notes = [d for d in Ledger(desk.app.state.desk.home).all_lines() if d.kind == "note"]

    assert given
    assert sent == 303
    assert "I am Pety, not Petty" in seen
    assert "t.pety@aldermere.example" in seen
    assert (closed.closed_by, closed.contact, closed.line) == (ANN, "", notes[0].id)
    assert (notes[0].verdict, notes[0].who) == ("asked Mr Pety", ANN)


def test_what_readers_send_is_in_one_private_file_and_on_no_page_of_theirs(desk: Desk) -> None:
    home: Path = desk.app.state.desk.home
    reader = Clerk(desk.client())
    reader.open("/corrections")
    reader.send("/corrections", what="zeppelin", contact="me")
    path = home / "desk" / "corrections.json"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for page in ("/", "/corrections", "/corrections?sent=1", "/search?q=zeppelin"):
        assert "zeppelin" not in desk.client().get(page).text.replace("q=zeppelin", "").replace(
            'value="zeppelin"', ""
        ) or page.startswith("/search")
    assert desk.client().get("/desk/corrections").status_code == 303


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": ""}, "Say what was done about it"),
        ({"reason": "done", "line": "0123456789ab"}, "No line '0123456789ab' is in the ledger"),
        ({"reason": "done", "reference": "SCSC/1"}, "No recommendation 'SCSC/1'"),
    ],
)
def test_a_correction_is_not_closed_with_nothing(
    desk: Desk, ann: Clerk, fields: dict[str, str], sentence: str
) -> None:
    inbox = Corrections(desk.app.state.desk.home)
    kept = inbox.add("wrong", "", "")
    ann.open("/desk/corrections")
    ann.send("/desk/corrections", correction=kept.id, **fields)

    assert ann.status == 400
    assert sentence in ann.words
    assert inbox.all() == [kept]


def test_a_correction_is_closed_once(desk: Desk) -> None:
    ann, ben = desk.clerk(), desk.clerk("Ben Officer")
    kept = Corrections(desk.app.state.desk.home).add("wrong", "", "")
    for clerk in (ann, ben):
        clerk.open("/desk/corrections")
    ann.send("/desk/corrections", correction=kept.id, reason="it is right as it is")
    ben.send("/desk/corrections", correction=kept.id, reason="another reason", reference=REFERENCE)

    assert (ann.status, ben.status) == (303, 409)
    assert "closed this meanwhile" in ben.words
    assert [d for d in Ledger(desk.app.state.desk.home).all_lines() if d.kind == "note"] == []


def test_of_eight_who_close_a_correction_at_once_one_does_and_writes_its_note(
    desk: Desk, ann: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long a disk takes over it."""
    keeper = desk.app.state.desk.keeper
    keep = keeper.keep

    def slowly(decisions: Sequence[Decision]) -> list[Decision]:
        time.sleep(0.3)
        return list(keep(decisions))

    monkeypatch.setattr(keeper, "keep", slowly)
    kept = Corrections(desk.app.state.desk.home).add("wrong", "", "")
    ann.open("/desk/corrections")
    sent = ann.form("/desk/corrections") | {"reference": REFERENCE, "correction": kept.id}

    def close(n: int) -> int:
        with desk.client(cookies=ann.client.cookies) as client:
            data = {**sent, "reason": f"reason {n}"}
            return client.post("/desk/corrections", data=data).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(pool.map(close, range(8)))
    notes = [d for d in Ledger(desk.app.state.desk.home).all_lines() if d.kind == "note"]
    (closed,) = Corrections(desk.app.state.desk.home).all()

    assert statuses == [303] + [409] * 7
    assert [d.id for d in notes] == [closed.line]


def test_of_two_who_decide_of_a_name_the_later_is_shown_what_the_other_decided(desk: Desk) -> None:
    """Of another name they may decide at once; what was typed stays."""
    ann, ben = desk.clerk(), desk.clerk("Ben Officer")
    for clerk in (ann, ben):
        clerk.open("/desk/corrections")
    ann.send("/desk/names", name="Tom Petty", verdict="withheld", why="he asked")
    ben.send("/desk/names", name="tom petty", verdict="shown", why="by mistake")
    stale, words = ben.status, ben.page
    again = ben.send("/desk/names", name="tom petty", verdict="shown", why="by mistake")
    ann.open("/desk/corrections")
    ben.open("/desk/corrections")
    ann.send("/desk/names", name="Grace Okoro", verdict="withheld")
    ben.send("/desk/names", name="Ann Varley", verdict="withheld")

    assert (stale, ben.status) == (409, 303)
    assert "a name is withheld" in words
    assert 'value="by mistake"' in words
    assert '<option value="shown" selected>' in words
    assert again == ""
    names = [(d.who, d.verdict) for d in Ledger(desk.app.state.desk.home).all_lines() if d.name]
    assert names == [
        (ANN, "withheld"), ("Ben Officer", "shown"), (ANN, "withheld"), ("Ben Officer", "withheld"),
    ]  # fmt: skip


def test_a_full_inbox_takes_no_more_and_loses_nothing(desk: Desk) -> None:
    """What was typed stays in the form, with where else to write."""
    inbox = Corrections(desk.app.state.desk.home)
    inbox.add("first", "", "")
    rows = [{**json.loads(inbox.file.read())[0], "id": f"c{n}"} for n in range(MOST_OPEN)]
    with inbox.file.alone():
        inbox.file.write(json.dumps(rows).encode())
    reader = Clerk(desk.client())
    reader.open("/corrections")
    reader.send("/corrections", what="one too many", contact="me@aldermere.example")

    assert reader.status == 503
    assert f"{MOST_OPEN} corrections wait already" in reader.words
    assert "one too many</textarea>" in reader.page
    assert 'value="me@aldermere.example"' in reader.page
    assert len(inbox.all()) == MOST_OPEN


def test_what_cannot_be_kept_stays_in_the_form(desk: Desk) -> None:
    """Whatever is wrong with the file, and without its folder."""
    path: Path = desk.app.state.desk.home / "desk" / "corrections.json"
    path.write_text("no corrections")
    reader = Clerk(desk.client())
    reader.open("/corrections")
    reader.send("/corrections", what="the name is wrong")

    assert reader.status == 503
    assert "could not be kept just now" in reader.words
    assert "the name is wrong</textarea>" in reader.page
    assert str(path.parent) not in reader.page


def test_the_audit_page_says_who_decided_what_and_withholds_names(desk: Desk, ann: Clerk) -> None:
    """Also one that is withheld by the line itself, and wherever else it stands."""
    home: Path = desk.app.state.desk.home
    told = [
        Decision(kind="note", verdict="ask Brigid Oakhurst", who="B", when="2026-07-01",
                 reference=REFERENCE),
        Decision(kind="withhold", verdict="withheld", who="B", when="2026-07-02",
                 name="Brigid Oakhurst"),
    ]  # fmt: skip
    Ledger(home).append(told)
    ann.open("/desk/audit?who=B")
    by_b = ann.words
    cells = (re.findall(r"<t[dh] .*?</t[dh]>", row) for row in ann.page.split("<tr ")[2:])
    rows = [[" ".join(re.sub(r"<.*?>", "", cell).split()) for cell in row] for row in cells]
    ann.open("/desk/audit?about=oakhurst")
    looked_for = ann.words
    ann.open(f"/desk/register/{REFERENCE}")

    assert "ask [name withheld]" in by_b
    (note,) = [row for row in rows if row[2] == "note: ask [name withheld]"]
    assert note[1] == "B"
    assert REFERENCE in note[3]
    assert "Oakhurst" not in by_b + ann.page
    assert "No line is like this" in looked_for
    assert ann.client.get("/desk/audit?kind=rumour").status_code == 400


def test_a_name_is_withheld_at_the_desk_and_gone_from_the_pages(desk: Desk, ann: Clerk) -> None:
    """At once where lines are laid over the archive, everywhere when it is loaded."""
    meeting = f"/meeting/{MEETING}"
    before = desk.client().get(meeting).text
    ann.open("/desk/corrections")
    ann.send("/desk/names", name="  ", verdict="withheld")
    refused = ann.status
    ann.send("/desk/names", name="Tom  Petty", verdict="withheld", why="he asked")
    ann.open(ann.answer.headers["location"])
    banner = ann.words
    desk.settled()
    ann.open("/desk/review?kind=voice")

    assert refused == 400
    assert "Petty" in before
    assert "a name is withheld" in banner
    assert "Petty" not in desk.client().get(meeting).text
    assert "Tom Petty" not in ann.page


def test_the_register_is_turned_over_a_page_at_a_time(
    reader: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "PAGE", 1)
    first = reader.open("/desk/register?state=all")
    (onward,) = [a for a in reader.links("/desk/register?") if "offset=1" in a]
    second = reader.open(onward)
    shown = [re.findall(r'href="(/desk/register/[^"]+)"', page) for page in (first, second)]

    assert [len(found) for found in shown] == [1, 1]
    assert shown[0] != shown[1]
    assert [a for a in reader.links("/desk/register?") if "offset=0" in a]


def test_the_desk_leads_to_the_help_for_clerks(open_desk: Desk, reader: Clerk) -> None:
    """From behind the log-in and from before it."""
    pages = [reader.open("/desk"), open_desk.client().get("/desk/log-in").text]

    assert ['href="/help#clerks"' in page for page in pages] == [True, True]
