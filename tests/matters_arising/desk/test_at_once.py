"""Several processes serve one archive, and are ended: whoever is logged in stays so."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from matters_arising.errors import StoreError
from matters_arising.web.desk.attempts import ALL_CORRECTIONS, Attempts
from matters_arising.web.desk.book import Book
from matters_arising.web.desk.sessions import BEFORE_S, Sessions
from matters_arising.web.desk.sittings import ELSEWHERE_S, Sittings
from tests.matters_arising.desk.support import ANN, BEN, MEETING, PASSWORD, Clerk, Desk, served
from transcripts.reviewing import by_meeting, reviews


@pytest.fixture
def two(home: Path) -> Iterator[tuple[Desk, Desk]]:
    """The same archive at two ports, as two processes serve it: nothing but files is shared."""
    with served(home) as one, served(home) as other:
        yield one, other


def at(desk: Desk, clerk: Clerk) -> Clerk:
    """The same browser at another port."""
    return Clerk(desk.client(cookies=dict(clerk.client.cookies)))


def test_a_log_in_outlives_the_process(home: Path) -> None:
    with served(home) as desk:
        ann = desk.clerk()
    with served(home) as desk:
        again = at(desk, ann)
        again.open("/desk/register/SCSC/2026-27/01")
        again.send("/desk/register/SCSC/2026-27/01", verb="note", text="after the restart")

    assert again.status == 303


def test_who_logs_in_at_one_process_is_known_to_the_other_and_gone_from_both(
    two: tuple[Desk, Desk],
) -> None:
    one, other = two
    ann = Clerk(one.client())
    ann.open("/desk/log-in")
    there = at(other, ann)
    there.page = ann.page
    there.send("/desk/log-in", name=ANN, password=PASSWORD[ANN])  # the form of one, sent to both
    here = at(one, there)
    seen = here.open("/desk")
    here.send("/desk/log-out")

    assert there.status == 303
    assert "What waits for you" in seen
    assert there.client.get("/desk").status_code == 303
    assert there.client.get("/desk").headers["location"].startswith("/desk/log-in")


def test_guesses_at_two_processes_are_counted_together(two: tuple[Desk, Desk]) -> None:
    clerks = [Clerk(desk.client()) for desk in two]
    statuses = [clerks[n % 2].log_in(ANN, f"a wrong password {n}") for n in range(9)]

    assert statuses == [403] * 8 + [429]


def test_what_is_kept_opens_nothing(home: Path) -> None:
    """Neither a browser's number, nor the token of its forms, nor the hash of a password."""
    with served(home) as desk:
        ann = desk.clerk()
        ann.open("/desk")
        token = ann.form("/desk/log-out")["token"]
        number = ann.client.cookies["matters-desk"]
    path = home / "desk" / "sessions.sqlite"
    held = b"".join(p.read_bytes() for p in path.parent.glob("sessions.sqlite*"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert ANN.encode() in held
    for secret in (number, token, "argon2", "127.0.0.1"):
        assert secret.encode() not in held


def test_a_broken_file_ends_what_was_open_and_nothing_else(desk: Desk, home: Path) -> None:
    ann = desk.clerk()
    (home / "desk" / "sessions.sqlite").write_bytes(b"this is no database, and never was" * 99)
    out = ann.client.get("/desk").status_code

    assert out == 303
    assert Clerk(desk.client()).log_in(ANN, PASSWORD[ANN]) == 303


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever is root may write everywhere")
def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir(mode=0o500)
    with pytest.raises(StoreError, match="nobody can log in"):
        Sessions(Book(tmp_path)).open("A", "x")


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("no folder")
    with pytest.raises(StoreError, match=r"sessions\.sqlite cannot be written"):
        Sessions(Book(tmp_path)).open("A", "x")


def test_a_clock_that_is_set_back_opens_no_session_for_longer(tmp_path: Path) -> None:
    now = [1e9]
    sessions = Sessions(Book(tmp_path), clock=lambda: now[0])
    number, _ = sessions.open("A", "x")
    now[0] -= BEFORE_S - 1
    mended = sessions.find(number)
    now[0] -= 2

    assert mended is not None
    assert sessions.find(number) is None


def test_tries_are_forgotten_after_their_hour(tmp_path: Path) -> None:
    now = [1e9]
    tries = Attempts(Book(tmp_path), clock=lambda: now[0])
    for n in range(ALL_CORRECTIONS.most):
        tries.correct(f"198.51.100.{n}")
    full = tries.correct("192.0.2.1")
    now[0] += ALL_CORRECTIONS.within_s
    free = tries.correct("192.0.2.1")
    with Book(tmp_path).alone() as con:
        (left,) = con.execute("SELECT count(*) FROM tried").fetchone()

    assert 0 < full <= ALL_CORRECTIONS.within_s + 1
    assert (free, left) == (0, 2)


def test_minutes_of_review_are_kept_by_meeting_and_breaks_are_not_counted(tmp_path: Path) -> None:
    now = [1e9]
    sittings = Sittings(tmp_path, Book(tmp_path), clock=lambda: now[0])

    def after(seconds: float) -> None:
        now[0] += seconds

    sittings.looks("a", ANN, "june", "1")
    after(60)
    sittings.decides("a", "june")
    sittings.looks("a", ANN, "july", "2")
    after(30)
    sittings.looks("a", ANN, "july", "2")  # the same again: after a stale answer, say
    after(30)
    sittings.looks("a", ANN, "june", "3")
    after(ELSEWHERE_S + 1)
    sittings.looks("b", BEN, "july", "2")
    after(12)
    sittings.over("b")

    told = [
        (r.meeting_id, r.who, r.looked_at, r.decided, r.minutes, r.at) for r in reviews(tmp_path)
    ]
    assert sorted(told) == [
        ("july", ANN, 1, 0, 1.0, "desk"), ("july", BEN, 1, 0, 0.2, "desk"),
        ("june", ANN, 2, 1, 1.0, "desk"),
    ]  # fmt: skip
    assert {r.meeting_id: (r.looked_at, r.minutes, r.who) for r in by_meeting(tmp_path)} == {
        "july": (2, 1.2, ""), "june": (2, 1.0, ""),
    }  # fmt: skip


def test_the_desk_writes_the_log_that_the_command_writes(
    desk: Desk, ann: Clerk, home: Path
) -> None:
    ann.open(f"/desk/review?kind=voice&meeting={MEETING}")
    to = ann.links("/desk/review/")[0]
    ann.open(to)
    ann.send(to, verdict="reject")
    ann.open("/desk")
    ann.send("/desk/log-out")
    (row,) = map(json.loads, (home / "reports" / "review.jsonl").read_text().splitlines())
    ben = desk.clerk(BEN)

    assert (row["meeting_id"], row["who"], row["looked_at"], row["decided"]) == (MEETING, ANN, 1, 1)
    assert "minutes_an_hour" in row
    assert "1 of 1" in ben.open("/desk/reports")
    assert ANN not in ben.open("/desk/reports").split("<main", 1)[1]
