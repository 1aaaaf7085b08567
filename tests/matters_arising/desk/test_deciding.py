"""What is decided at the desk: kept at once, under a name, taken back, and never swallowed."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from matters_arising.web.desk import keeping
from tests.matters_arising.desk.support import (
    ANN,
    BEN,
    MADE,
    MEETING,
    OTHER,
    REFERENCE,
    Clerk,
    Desk,
    doubtful,
    later,
    served,
)
from transcripts.ledger import Decision, Ledger, those_standing
from warehouse.listings import finding
from warehouse.reader import open_reader
from warehouse.since import is_behind

REGISTER = f"/desk/register/{REFERENCE}"


def lines(desk: Desk) -> list[Decision]:
    """What people decided; the references were handed out by the program."""
    home = desk.app.state.desk.home
    return [line for line in Ledger(home).all_lines() if line.who != "matters"]


def standings(desk: Desk) -> set[str]:
    """How the findings stand that wait, by the warehouse alone."""
    with open_reader(desk.app.state.desk.home) as reader:
        ids = [f.id for f in doubtful().transcripts[0].findings.findings]
        ids += [f.id for f in later().transcripts[0].findings.findings]
        return {finding(reader, each).standing for each in ids}


def open_first(clerk: Clerk, kind: str) -> str:
    clerk.open(f"/desk/review?kind={kind}")
    address = clerk.links("/desk/review/")[0]
    clerk.open(address)
    return address


@pytest.mark.parametrize("kind", ["voice", "finding", "link", "minutes"])
def test_each_kind_of_doubt_is_shown_with_words_who_when_and_why(reader: Clerk, kind: str) -> None:
    open_first(reader, kind)

    assert re.search(r"\d+ of \d+\s+·", reader.words)
    assert "Safer Communities Scrutiny Committee" in reader.words
    assert "Why the machine thinks so" in reader.words
    assert '<p class="said">' in reader.page
    assert 'data-key="r"' in reader.page


@pytest.mark.parametrize(
    ("kind", "verdict", "line"),
    [
        ("finding", "reject", ("finding", "rejected")),
        ("finding", "accept", ("finding", "restored")),
        ("link", "accept", ("link", "accepted")),
        ("link", "reject", ("link", "rejected")),
        ("minutes", "accept", ("minuted", "accepted")),
        ("voice", "reject", ("speaker", "")),
    ],
)
def test_an_answer_is_a_line_of_the_ledger_under_the_name(
    desk: Desk, ann: Clerk, kind: str, verdict: str, line: tuple[str, str]
) -> None:
    address = open_first(ann, kind)
    ann.send(address, verdict=verdict, why="heard it")

    (made,) = lines(desk)
    assert (made.kind, made.verdict, made.who, made.why) == (*line, ANN, "heard it")
    assert ann.status == 303
    assert ann.answer.headers["location"].endswith(f"done={made.id}")


def test_a_voice_is_given_a_name_of_the_roster_and_no_other(desk: Desk, ann: Clerk) -> None:
    address = open_first(ann, "voice")
    offered = re.findall(r'<option value="([^"]+)">', ann.page)
    ann.send(address, verdict="name", name="Nobody Here")
    refused = ann.words
    ann.send(address, verdict="name", name="Joan Petty-Smith")
    of_the_public = ann.status, ann.words
    ann.send(address, verdict="name", name="Dr Grace Okoro")

    assert "Joan Petty-Smith" not in offered
    assert "Dr Grace Okoro" in offered
    assert "No person on the roster 'Nobody Here' (there is: Ann Varley" in refused
    assert of_the_public[0] == 400
    assert "Petty-Smith" not in refused + of_the_public[1]
    assert [(line.kind, line.verdict) for line in lines(desk)] == [("speaker", "Dr Grace Okoro")]


def test_what_is_decided_waits_no_longer_and_undo_brings_it_back(desk: Desk, ann: Clerk) -> None:
    address = open_first(ann, "finding")
    before = ann.words.split(" of ")[1][:3]
    ann.send(address, verdict="reject")
    ann.open(ann.answer.headers["location"])
    ann.open("/desk/review?kind=finding")
    left = ann.links("/desk/review/")
    done = lines(desk)[-1].id
    ann.open(f"/desk/review?done={done}")
    ann.send("/desk/undo")
    ann.open(ann.answer.headers["location"])
    taken_back = "Taken back" in ann.page or "Kept" in ann.page
    desk.settled()
    for _ in range(50):  # the queue is worked out again while the old one is shown
        ann.open("/desk/review?kind=finding")
        if address.split("?")[0] in {a.split("?")[0] for a in ann.links("/desk/review/")}:
            break
        time.sleep(0.1)

    assert before.strip()
    assert address.split("?")[0] not in {a.split("?")[0] for a in left}
    assert taken_back
    assert [line.kind for line in lines(desk)] == ["finding", "undo"]
    assert those_standing(lines(desk)) == []
    assert address.split("?")[0] in {a.split("?")[0] for a in ann.links("/desk/review/")}


def test_the_warehouse_follows_by_a_process_of_its_own(
    desk: Desk, ann: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process of the pages never opens a warehouse to write it."""
    started: list[int] = []
    popen = keeping.subprocess.Popen

    def heard(*args: object, **more: object) -> object:
        child = popen(*args, **more)  # type: ignore[call-overload]
        started.append(child.pid)
        return child

    monkeypatch.setattr(keeping.subprocess, "Popen", heard)
    before = standings(desk)
    address = open_first(ann, "finding")
    ann.send(address, verdict="reject")
    desk.settled()
    after = standings(desk)

    assert started
    assert os.getpid() not in started
    assert "rejected by a person" not in before
    assert "rejected by a person" in after


def test_what_was_decided_before_a_desk_was_ended_is_loaded_by_the_next(home: Path) -> None:
    told = doubtful().transcripts[0].findings.findings[0]
    line = Decision(
        kind="finding", verdict="rejected", who=ANN, when="2026-07-01T10:00:00+01:00",
        finding_id=told.id, recording_sha256=MADE.recording_sha256, start_s=told.start_s,
        end_s=told.end_s, words=told.quote, meeting_id=MEETING,
    )  # fmt: skip
    Ledger(home).append([line])
    with served(home) as desk:
        desk.settled()
        after = standings(desk)
        with open_reader(home) as reader:
            behind = is_behind(reader)

    assert "rejected by a person" in after
    assert not behind


def test_a_load_that_fails_is_told_and_the_decision_stays(desk: Desk, ann: Clerk) -> None:
    home: Path = desk.app.state.desk.home
    record = next((home / "record").glob("*/current.json"))
    address = open_first(ann, "finding")
    os.truncate(home / "ledger.jsonl.lock", 0)
    # a migration of a program that is newer than this one
    for path in home.glob("matters*.duckdb"):
        path.chmod(0o400)
    (home / "matters.duckdb").unlink()
    (home / "matters.duckdb").mkdir()
    ann.send(address, verdict="reject")
    desk.settled()
    ann.open("/desk/audit")

    assert record.exists()
    assert [line.kind for line in lines(desk)] == ["finding"]
    assert "the pages could not be brought up to date" in ann.words


FORMS: list[tuple[dict[str, str], tuple[str, str]]] = [
    ({"verb": "respond", "state": "accepted_in_part", "url": "https://aldermere.example/m"},
     ("respond", "accepted_in_part")),
    ({"verb": "progress", "state": "complete", "quote": "it is published"},
     ("progress", "complete")),
    ({"verb": "refer", "recipient": "the Cabinet", "received": "2026-07-15", "basis": "s9FE"},
     ("refer", "the Cabinet")),
    ({"verb": "note", "text": "the chair will raise it"}, ("note", "the chair will raise it")),
    ({"verb": "correct", "column": "recipient", "value": "Cabinet Member for Housing"},
     ("correct", "Cabinet Member for Housing")),
    ({"verb": "withdraw", "why": "overtaken"}, ("withdraw", "withdraw")),
    ({"verb": "close", "why": "done"}, ("close", "close")),
    ({"verb": "reopen"}, ("reopen", "reopen")),
    ({"verb": "contest", "why": "residents say not"}, ("contest", "contest")),
    ({"verb": "merge", "into": OTHER.lower()}, ("merge", OTHER)),
    ({"verb": "split", "others": OTHER}, ("split", "split")),
]  # fmt: skip


def test_every_verb_of_the_command_is_a_form(desk: Desk, ann: Clerk) -> None:
    """Each is a line about the recommendation, under the name, and shown on its page."""
    for fields, _ in FORMS:
        ann.open(REGISTER)
        ann.send(REGISTER, **fields)
        assert ann.status == 303, (fields, ann.words[:2000])
    made = lines(desk)
    ann.open(REGISTER)

    assert [(line.kind, line.verdict) for line in made] == [line for _, line in FORMS]
    assert {(line.reference, line.who) for line in made} == {(REFERENCE, ANN)}
    assert [line.id for line in made if line.id not in ann.page] == []


def test_the_register_at_the_desk_writes_what_the_command_writes(desk: Desk, ann: Clerk) -> None:
    """The same line, but for who, when and its id."""
    home = str(desk.app.state.desk.home)
    words = ["recommendation", REFERENCE, "refer", "--to", "the Cabinet", "--received",
             "2026-07-15", "--basis", "s9FE", "--on", "2026-07-10", "--by", "A"]  # fmt: skip
    told = CliRunner().invoke(main, ["--home", home, *words])
    ann.open(REGISTER)
    ann.send(REGISTER, verb="refer", recipient="the Cabinet", received="2026-07-15", basis="s9FE",
             on="2026-07-10")  # fmt: skip

    assert told.exit_code == 0, told.output
    by_command, at_desk = lines(desk)
    same = {"who": "", "when": "", "id": ""}
    assert asdict(by_command) | same == asdict(at_desk) | same


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"verb": "respond", "state": "overdue"}, "No response that a person can note 'overdue'"),
        (
            {"verb": "respond", "state": "accepted", "url": "javascript:alert(1)"},
            "is no web address",
        ),
        ({"verb": "respond", "state": "accepted", "on": "2026-06-01"}, "before the meeting"),
        ({"verb": "respond", "state": "accepted", "on": "tomorrow"}, "is no day for 'on'"),
        ({"verb": "correct", "column": "status", "value": "complete"}, "not corrected but noted"),
        ({"verb": "note", "text": "  "}, "Write the note first"),
        ({"verb": "merge", "into": REFERENCE}, "cannot be merged with itself"),
        ({"verb": "merge", "into": "SCSC/1"}, "No recommendation 'SCSC/1' in the archive"),
        ({"verb": "link", "claim": "0", "verdict": "accept"}, "No claim '0' in the archive"),
        ({"verb": "drop"}, "No verb 'drop'"),
    ],
)
def test_what_makes_no_sense_is_said_and_the_form_stays_filled(
    open_desk: Desk, reader: Clerk, fields: dict[str, str], sentence: str
) -> None:
    reader.open(REGISTER)
    reader.send(REGISTER, why="a reason to keep", **fields)

    assert reader.status == 400
    assert sentence in reader.words
    assert lines(open_desk) == []
    if fields["verb"] in ("respond", "correct", "note", "merge"):
        assert 'value="a reason to keep"' in reader.page


def test_a_proposed_link_is_accepted_in_the_register(desk: Desk, ann: Clerk) -> None:
    ann.open(REGISTER)
    hidden = ann.form(REGISTER, containing='name="claim"')
    ann._kept(ann.client.post(REGISTER, data={**hidden, "verdict": "accept"}))

    (made,) = lines(desk)
    assert (made.kind, made.verdict, made.claim_id) == ("link", "accepted", hidden["claim"])


def two(desk: Desk) -> tuple[Clerk, Clerk]:
    return desk.clerk(ANN), desk.clerk(BEN)


def test_of_two_who_decide_of_a_doubt_the_later_is_shown_what_the_other_decided(
    desk: Desk,
) -> None:
    """And is asked again; sending it then writes it, after the other's."""
    ann, ben = two(desk)
    address = open_first(ann, "finding")
    ben.open(address)
    ann.send(address, verdict="reject", why="a joke")
    ben.send(address, verdict="accept", why="no joke")
    stale = ben.status, ben.words
    after_first = [(line.who, line.verdict) for line in lines(desk)]
    ben.send(address, verdict="accept", why="no joke")

    assert stale[0] == 409
    assert "Your answer was not written" in stale[1]
    assert "is no finding" in stale[1]
    assert ANN in stale[1]
    assert "a joke" in stale[1]
    assert after_first == [(ANN, "rejected")]
    assert [(line.who, line.verdict) for line in lines(desk)] == [
        (ANN, "rejected"),
        (BEN, "restored"),
    ]


def test_of_two_who_edit_a_recommendation_the_later_keeps_what_they_typed(desk: Desk) -> None:
    ann, ben = two(desk)
    ann.open(REGISTER)
    ben.open(REGISTER)
    ann.send(REGISTER, verb="respond", state="accepted", why="their letter")
    ben.send(REGISTER, verb="note", text="nobody has answered yet")
    stale = ben.status, ben.words, ben.page
    ben.send(REGISTER, verb="note", text="nobody has answered yet")

    assert stale[0] == 409
    assert "answered: accepted" in stale[1]
    assert "nobody has answered yet</textarea>" in stale[2]
    assert [line.kind for line in lines(desk)] == ["respond", "note"]


def test_a_decision_of_the_command_makes_an_open_form_stale_too(desk: Desk, ann: Clerk) -> None:
    ann.open(REGISTER)
    Ledger(desk.app.state.desk.home).append(
        [Decision(kind="note", verdict="x", who="C", when="2026-07-01", reference=REFERENCE)]
    )
    ann.send(REGISTER, verb="close")

    assert ann.status == 409
    assert [line.kind for line in lines(desk)] == ["note"]


def test_what_is_decided_of_another_thing_makes_no_form_stale(desk: Desk) -> None:
    ann, ben = two(desk)
    ann.open(REGISTER)
    ben.open(f"/desk/register/{OTHER}")
    ann.send(REGISTER, verb="note", text="one")
    ben.send(f"/desk/register/{OTHER}", verb="note", text="two")

    assert ben.status == 303


def test_a_line_is_taken_back_once(desk: Desk) -> None:
    ann, ben = two(desk)
    ann.open(REGISTER)
    ann.send(REGISTER, verb="close")
    done = lines(desk)[0].id
    for clerk in (ann, ben):
        clerk.open(f"{REGISTER}?done={done}")
    ann.send("/desk/undo")
    ben.send("/desk/undo")

    assert (ann.status, ben.status) == (303, 409)
    assert [(line.kind, line.who) for line in lines(desk)] == [("close", ANN), ("undo", ANN)]


def test_of_eight_who_send_at_the_same_moment_one_is_kept(desk: Desk) -> None:
    """Whatever the order: each form was made from the same state."""
    ann = desk.clerk()
    ann.open(REGISTER)
    hidden = ann.form(REGISTER)
    ready = threading.Barrier(8)
    statuses: list[int] = []

    def send(n: int) -> Callable[[], None]:
        def sent() -> None:
            with desk.client(cookies=ann.client.cookies) as client:
                ready.wait()
                data = {**hidden, "verb": "note", "text": f"note {n}"}
                statuses.append(client.post(REGISTER, data=data).status_code)

        return sent

    threads = [threading.Thread(target=send(n)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [303] + [409] * 7
    assert len(lines(desk)) == 1
