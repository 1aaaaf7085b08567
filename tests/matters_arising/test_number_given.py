"""An address that was quoted in letters still says what became of it when nothing is there now."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from flows.load import rebuild
from matters_arising.web.app import create_app
from tests.matters_arising.desk.support import ASKED, MADE, MEETING, REFERENCE, make
from transcripts.ledger import Decision, Ledger

LOCAL = "http://127.0.0.1"
WORDS, SHA = ASKED.quote, MADE.recording_sha256
REJECTED = Decision(
    "finding", "rejected", "Ann Clerk", "2026-07-03T09:30:00+01:00", "not one", "0" * 12, MEETING,
    finding_id=ASKED.id, recording_sha256=SHA, words=WORDS,
    start_s=ASKED.start_s, end_s=ASKED.end_s,
)  # fmt: skip
Room = Callable[..., TestClient]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("numbered"))


@pytest.fixture
def room(made: Path, tmp_path: Path) -> Room:
    """The pages of the archive after these lines were written and loaded."""

    def opened(*lines: Decision) -> TestClient:
        home = shutil.copytree(made, tmp_path / "archive", dirs_exist_ok=True)
        Ledger(home).append(lines)
        rebuild(home)
        return TestClient(create_app(home), base_url=LOCAL)

    return opened


def undone(line: Decision, day: str) -> Decision:
    return Decision("undo", line.id, "Ann Clerk", f"{day}T10:00:00+01:00")


@pytest.mark.parametrize("spelt", [REFERENCE, REFERENCE.lower()])
def test_a_number_of_what_a_person_rejected_says_so_and_when(room: Room, spelt: str) -> None:
    reader = room(REJECTED)
    page, twin = (reader.get(f"/recommendation/{spelt}{ending}") for ending in ("", ".json"))
    told = f"a person decided on 3 July 2026 that {REFERENCE} is no recommendation"

    assert (page.status_code, twin.status_code) == (410, 410)
    assert told[1:] in page.text
    assert twin.json()["error"].startswith(told)
    assert twin.json()["decided"] == "2026-07-03"
    assert not [w for w in (WORDS, "Ann Clerk", "not one") if w in page.text + twin.text]


def test_it_says_so_where_another_engine_had_found_it_elsewhere(room: Room) -> None:
    """The line names a finding of other seconds, of the same words."""
    from transcripts.finding import finding_id

    end = ASKED.end_s - 0.5
    other = finding_id(SHA, "recommendation", ASKED.start_s, end)
    reader = room(replace(REJECTED, finding_id=other, end_s=end))

    assert reader.get(f"/recommendation/{REFERENCE}").status_code == 410


def test_one_that_was_restored_is_shown_again(room: Room) -> None:
    reader = room(REJECTED, replace(REJECTED, verdict="restored", id="1" * 12))

    assert WORDS in reader.get(f"/recommendation/{REFERENCE}").text


def test_one_without_a_number_says_so_too(room: Room) -> None:
    before = room().get(f"/recommendation/{ASKED.id}.json").json()
    place = f"{SHA[:12]}:{round(ASKED.start_s * 1000)}"
    reader = room(REJECTED)

    assert before["entry"]["reference"] == REFERENCE
    assert reader.get(f"/recommendation/{ASKED.id}").status_code == 410
    assert reader.get(f"/recommendation/{place}").status_code == 410
    assert reader.get(f"/recommendation/{place[:12]}:1").status_code == 404


def test_a_line_of_a_tracker_that_was_taken_back_says_so(room: Room) -> None:
    brought = Decision(
        "entry", "That the depot be painted.", "Ann Clerk", "2026-07-01T09:00:00+01:00",
        id="2" * 12, reference="OLD/2019-20/07",
    )  # fmt: skip
    there = room(brought).get("/recommendation/OLD/2019-20/07")
    reader = room(brought, undone(brought, "2026-07-08"))
    gone = reader.get("/recommendation/OLD/2019-20/07.json")

    assert there.status_code == 200
    assert gone.status_code == 410
    assert "took OLD/2019-20/07 out of the register again on 8 July 2026" in gone.json()["error"]
    assert "painted" not in gone.text


def test_a_number_that_nothing_has_now_was_given_all_the_same(room: Room) -> None:
    """As when a better engine does not find it: nobody decided anything."""
    given = Decision("reference", "SCSC/2026-27/09", "matters", "2026-07-01T09:00:00+01:00",
                     id="3" * 12, finding_id="f" * 16)  # fmt: skip
    answer = room(given).get("/recommendation/SCSC/2026-27/09.json")

    assert answer.status_code == 404
    assert "the number SCSC/2026-27/09 was given once" in answer.json()["error"]
    assert "decided" not in answer.json()


def test_a_number_that_was_never_given_is_told_of_with_those_that_were(room: Room) -> None:
    answer = room().get("/recommendation/SCSC/2026-27/77.json")

    assert answer.status_code == 404
    assert REFERENCE in answer.json()["error"]
