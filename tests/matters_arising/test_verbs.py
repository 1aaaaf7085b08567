"""What a person decides of a recommendation on the command line, and how it is taken back."""

from __future__ import annotations

import csv
import json
import os
import pwd
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.load import decide as keep
from matters_arising.cli import main
from tests.warehouse import builders as b
from tests.warehouse import register_builders as r
from transcripts.ledger import Ledger

REFERENCE, CLAIM = r.REFERENCE, r.DONE.id


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive of two meetings, with a claim tied to the recommendation."""
    r.load(tmp_path, [r.june(), r.july()], r.NUMBERED, linker=r.Likeness())
    return tmp_path


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def entry(home: Path) -> dict[str, object]:
    told = run(home, "recommendation", REFERENCE, "--json")
    read: dict[str, object] = json.loads(told.output)["entry"]
    return read


def test_an_answer_is_noted_with_its_evidence_and_undone(home: Path) -> None:
    words = ("--on", "2026-07-20", "--url", "https://example.org/a", "--quote", " in part ")
    made = run(
        home, "recommendation", REFERENCE, "respond", "accepted_in_part", *words, "--by", "A"
    )
    assert made.exit_code == 0, made.output
    answered = entry(home)
    line = re.search(r"undo (\w+)", made.output)
    assert line is not None

    run(home, "decide", "undo", line[1], "--by", "A")

    assert (answered["response"], answered["response_date"]) == ("accepted_in_part", "2026-07-20")
    assert entry(home)["response"] != "accepted_in_part"


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        (("close", "--why", "done elsewhere"), "status", "closed_no_action"),
        (("contest", "--why", "the police say otherwise"), "disputed", True),
        (("correct", "recipient", "the Leader"), "recipient", "the Leader"),
        (("note", "raise it again"), "note", "raise it again"),
        (("refer", "--to", "Cabinet", "--received", "2026-07-01"), "received_on", "2026-07-01"),
        (("progress", "paused"), "status", "paused"),
        (("withdraw",), "recommendation", "withdrawn"),
        (("correct", "recommendation", "not_agreed"), "open", False),
        (("correct", "action_due", "2027-01-31"), "action_due", "2027-01-31"),
        (
            "refer --to Cabinet --received 2026-07-01 --basis s9FE --notice 2026-07-15".split(),
            "response_due",
            "2026-09-14",
        ),
    ],
)
def test_each_verb_does_what_it_says(
    home: Path, words: tuple[str, ...], column: str, value: object
) -> None:
    made = run(home, "recommendation", REFERENCE, *words, "--by", "A")

    assert made.exit_code == 0, made.output
    assert entry(home)[column] == value


def test_a_proposed_link_is_shown_with_the_command_that_accepts_it(home: Path) -> None:
    told = run(home, "recommendation", REFERENCE)
    command = re.search(r"matters (recommendation \S+ link ID accept)", told.output)
    claim = re.search(r"^ {6}(\w{16})  ", told.output, re.M)
    assert command is not None, told.output
    assert claim is not None, told.output

    made = run(home, *command[1].replace("ID", claim[1]).split(), "--by", "A")
    after = json.loads(run(home, "recommendation", REFERENCE, "--json").output)

    assert made.exit_code == 0, made.output
    assert [e["standing"] for e in after["events"] if e["source"] == claim[1]] == ["claimed"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("respond", "maybe"), "there is: "),
        (("respond", "accepted", "--on", "2199-01-01"), "has not come yet"),
        (("respond", "accepted", "--on", "2001-01-01"), "before the meeting"),
        (("respond", "accepted", "--url", "file:///etc"), "no web address"),
        (("respond", "accepted", "--url", "https:// x"), "no web address"),
        (("respond", "accepted", "--accessed", "2199-01-01"), "has not come yet"),
        (("refer", "--received", "2199-01-01"), "has not come yet"),
        (("refer", "--received", "2020-01-15"), "before the meeting"),
        (("refer", "--notice", "2020-01-15"), "before the meeting"),
        (("contest", "--why", "  "), "a dispute needs its reason: who disputes what"),
        (("link", "nothing", "accept"), f"no claim 'nothing' in the archive (it holds: {CLAIM})"),
        (("minuted", "nothing", "accept"), "no point of the minutes 'nothing'"),
        (("merge", REFERENCE.lower()), "itself"),
        (("split", "SCSC/2026-27/99"), "SCSC/2026-27/99"),
        (("merge", "SCSC/2026-27/99"), "SCSC/2026-27/99"),
        (("correct", "reference", "X"), "can be corrected"),
        (("correct", "action_due", "tea time"), "write it as 2026-09-30"),
        (("correct", "action_due", "9999-12-31"), "is far from the meeting (2026-06-02)"),
        (("correct", "received_on", "2020-01-01"), "before the meeting"),
        (("correct", "received_on", "2030-01-01"), "has not come yet"),
        (("correct", "due_kind", "legal"), "there is: constitution rule"),
        (("correct", "due_kind", "statutory"), "refer --received DAY --basis BASIS"),
        (("correct", "closed_on", "2020-01-01"), "use close --on DAY"),
        (("correct", "superseded_by", "nonsense"), "use merge REFERENCE"),
        (("correct", "evidence_urls", "javascript:alert(1)"), "no web address"),
        (("correct", "recommendation", "referred"), "no outcome in the room 'referred'"),
        (("correct", "status", "complete"), "use progress STATE"),
        (("correct", "text_spoken", "other words"), "stays as it was heard"),
        (("refer", "--to", "Cabinet", "--basis", "s1"), "no response basis 's1'"),
        (("refer", "--to", "Cabinet", "--received", "2199-01-01"), "has not come yet"),
        (("note", " "), "the note is empty"),
        (("reopen",), "there is nothing to reopen"),
    ],
)
def test_what_cannot_be_gets_one_sentence_and_writes_nothing(
    home: Path, words: tuple[str, ...], fault: str
) -> None:
    before = (home / "ledger.jsonl").read_bytes() if (home / "ledger.jsonl").exists() else b""

    made = run(home, "recommendation", REFERENCE, *words, "--by", "A")

    assert made.exit_code == 1
    assert fault in made.output
    after = (home / "ledger.jsonl").read_bytes() if (home / "ledger.jsonl").exists() else b""
    assert after == before


@pytest.mark.parametrize(
    ("verb", "told"),
    [("close", "is closed already (no money)"), ("contest", "is disputed already")],
)
def test_a_verb_that_changes_nothing_the_second_time_is_refused(
    home: Path, verb: str, told: str
) -> None:
    words = ("recommendation", REFERENCE, verb, "--by", "A", "--why")
    first, second = run(home, *words, "no money"), run(home, *words, "the same again")

    assert (first.exit_code, second.exit_code) == (0, 1)
    assert told in second.output


def test_what_would_change_nothing_is_refused_and_says_what_to_do(home: Path) -> None:
    """Each was kept as a line that read later as if something had happened."""
    made = run(home, "recommendation", REFERENCE, "withdraw", "--by", "A")
    again = run(home, "recommendation", REFERENCE, "withdraw", "--by", "A")
    undone = made.output.split()[-1]
    first = run(home, "decide", "undo", undone, "--by", "A")
    second = run(home, "decide", "undo", undone, "--by", "A")

    assert "withdrawn already" in again.output
    assert (made.exit_code, first.exit_code) == (0, 0)
    assert f"to let it hold again: matters decide undo {first.output.split()[3][:-1]}" in (
        second.output
    )


@pytest.mark.usefixtures("nobody")
def test_a_decision_that_nobody_answers_for_is_refused(home: Path) -> None:

    made = run(home, "recommendation", REFERENCE, "close")

    assert made.exit_code == 2
    assert "--by NAME" in made.output


def test_a_reference_that_is_not_held_names_those_that_are(home: Path) -> None:
    made = run(home, "recommendation", "SCSC/2026-27/99", "close", "--by", "A")

    assert made.exit_code == 1
    assert REFERENCE in made.output


def test_what_was_said_before_it_was_made_is_not_about_it(tmp_path: Path) -> None:
    late = replace(r.june(), meeting=b.meeting("june", day=r.AUTUMN))
    r.load(tmp_path, [late, r.july()], r.NUMBERED)
    about = ("recommendation", REFERENCE, "link", CLAIM)

    yes, no = (run(tmp_path, *about, verdict, "--by", "A") for verdict in ("accept", "reject"))

    assert (yes.exit_code, no.exit_code) == (1, 0)
    assert f"was said on 2026-07-07, before {REFERENCE} was made (2026-09-15)" in yes.output


def test_points_of_another_meeting_are_no_wording_of_it(tmp_path: Path) -> None:
    paper = replace(r.minutes("Publish a schedule"), meeting_id="july", matches=())
    other = replace(r.july(), minutes=(paper,))
    r.load(tmp_path, [r.june(), other], r.NUMBERED)

    made = run(tmp_path, "recommendation", REFERENCE, "minuted", "p1", "accept", "--by", "A")

    assert made.exit_code == 1
    assert "stands in those of its own meeting" in made.output


def test_the_register_as_data_says_where_each_was_looked_for(home: Path) -> None:
    told = json.loads(run(home, "recommendations", "--json").output)
    one = json.loads(run(home, "recommendation", REFERENCE, "--json").output)

    (found,) = [e["searched"] for e in told if e["reference"] == REFERENCE]
    assert [place["meeting_id"] for place in found] == ["july"]
    assert found == one["searched"]


def test_threads_are_plain_cells_that_tell_by_whom(home: Path) -> None:
    rows = list(csv.DictReader(run(home, "threads", "--csv").output.splitlines()))

    assert rows
    assert "concerns" not in rows[0]
    assert rows[0]["people"]
    assert re.fullmatch(r"[0-9a-f]{16}(, [0-9a-f]{16})*", rows[0]["concern_ids"])


def test_merge_and_split_name_the_others(home: Path) -> None:
    other = run(home, "recommendation", r.FELL.id, "merge", REFERENCE, "--by", "A")
    split = run(home, "recommendation", REFERENCE, "split", r.FELL.id, "--by", "A")

    assert (other.exit_code, split.exit_code) == (0, 0)
    assert entry(home)["superseded_by"] == r.FELL.id


def test_a_split_enters_new_ones_with_the_next_numbers_and_one_undo(home: Path) -> None:
    about = ("recommendation", REFERENCE, "split")
    nothing = run(home, *about, "--by", "A")
    made = run(home, *about, "--into", "Print the schedule", "--into", "Post it", "--by", "A")
    told = json.loads(run(home, "recommendations", "--json").output)
    wording = {e["reference"]: e["text_minuted"] for e in told}
    whole = entry(home)

    assert (nothing.exit_code, made.exit_code) == (1, 0), made.output
    assert "the words of each new one" in nothing.output
    assert wording["SCSC/2026-27/02"] == "Print the schedule"
    assert wording["SCSC/2026-27/03"] == "Post it"
    assert whole["superseded_by"] == "SCSC/2026-27/02, SCSC/2026-27/03"
    assert {e["meeting_date"] for e in told} == {whole["meeting_date"]}
    assert made.output.count("matters decide undo") == 1


@pytest.mark.parametrize("by", ["entry", "split"])
def test_a_split_is_taken_back_as_one_and_comes_back_as_one(home: Path, by: str) -> None:
    about = ("recommendation", REFERENCE, "split")
    run(home, *about, "--into", "Print the schedule", "--into", "Post it", "--by", "A")
    made = [d for d in Ledger(home).all_lines() if d.kind in ("entry", "split")]
    line = next(d for d in made if d.kind == by)

    undone = run(home, "decide", "undo", line.id, "--by", "A")
    held = {e["reference"] for e in json.loads(run(home, "recommendations", "--json").output)}
    back = Ledger(home).all_lines()[-1]
    again = run(home, "decide", "undo", back.id, "--by", "A")

    assert (undone.exit_code, again.exit_code) == (0, 0), undone.output + again.output
    assert not held & {"SCSC/2026-27/02", "SCSC/2026-27/03"}
    assert {d.id for d in made} <= {d.id for d in Ledger(home).standing()}


def test_what_a_split_leads_to_is_not_taken_back_under_it(home: Path) -> None:
    values = (("committee", "Housing Panel"), ("meeting_date", "2025-11-03"))
    about = {"reference": "HP/2025-26/04", "why": "from the tracker a.csv, row 2"}
    (row,) = keep(home, [r.line("entry", "Mend it.", values=values, **about)])
    run(home, "recommendation", REFERENCE, "split", "HP/2025-26/04", "--by", "A")

    made = run(home, "decide", "undo", row.id, "--by", "A")

    assert made.exit_code == 1
    assert f"{REFERENCE} became HP/2025-26/04 by line" in made.output


def test_both_wordings_stand_side_by_side_and_a_person_may_say_no(tmp_path: Path) -> None:
    words = "That the Cabinet be recommended to publish a schedule before any deployment"
    june = replace(r.june(), minutes=(r.minutes(words),))
    r.load(tmp_path, [june], r.NUMBERED)
    shown = run(tmp_path, "recommendation", REFERENCE).output

    made = run(tmp_path, "recommendation", REFERENCE, "minuted", "p1", "reject", "--by", "A")

    assert re.search(r"^  said +minuted$", shown, re.M)
    assert re.search(r"“the Cabinet publishes .*  “That the Cabinet be", shown)
    assert made.exit_code == 0, made.output
    assert entry(tmp_path)["text_minuted"] == ""
    again = run(tmp_path, "recommendation", REFERENCE, "minuted", "p1", "accept", "--by", "A")
    assert again.exit_code == 0, again.output
    assert entry(tmp_path)["text_minuted"] == words


def test_a_point_that_a_person_matched_stays_where_the_words_alone_no_longer_match(
    tmp_path: Path,
) -> None:
    kept = replace(r.minutes("That a schedule be published"), matches=(), version="v2")
    r.load(tmp_path, [replace(r.june(), minutes=(kept,))], r.NUMBERED)
    before = entry(tmp_path)["text_minuted"]

    made = run(tmp_path, "recommendation", REFERENCE, "minuted", "p1", "accept", "--by", "A")

    assert made.exit_code == 0, made.output
    assert (before, entry(tmp_path)["text_minuted"]) == ("", "That a schedule be published")


def test_the_register_is_listed_and_written(home: Path, tmp_path: Path) -> None:
    listed = json.loads(run(home, "recommendations", "--json").output)
    written = run(
        home,
        "recommendations",
        "--xlsx",
        str(tmp_path / "a.xlsx"),
        "--ics",
        str(tmp_path / "a.ics"),
    )

    assert REFERENCE in {e["reference"] for e in listed}
    assert written.exit_code == 0, written.output
    assert (tmp_path / "a.xlsx").stat().st_size > 0
    assert (tmp_path / "a.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_the_agenda_page_of_a_committee_nobody_knows_names_those_there_are(home: Path) -> None:
    page = run(home, "arising", "scsc", "--for", "2026-09-01")
    told = json.loads(run(home, "arising", "scsc", "--for", "2026-09-01", "--json").output)
    lost = run(home, "arising", "Nobody", "--for", "2026-09-01")

    assert page.output.startswith("# Matters arising: Safer Communities")
    assert page.output.startswith(f"# {told['title']}")
    titles = [section["title"] for section in told["sections"]]
    assert titles == re.findall(r"^## (.+)$", page.output, re.M)[: len(titles)]
    assert "Silent" in titles
    held = [item["reference"] for section in told["sections"] for item in section["items"]]
    assert held
    assert [reference for reference in held if reference not in page.output] == []
    assert lost.exit_code == 1
    assert "Safer Communities" in lost.output


def test_who_decides_is_the_user_of_the_machine_where_the_environment_names_none(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in containers and under schedulers."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)

    made = run(home, "recommendation", REFERENCE, "close")

    assert made.exit_code == 0, made.output
    assert Ledger(home).all_lines()[-1].who == pwd.getpwuid(os.getuid()).pw_name


@pytest.mark.usefixtures("nobody")
def test_a_dry_run_of_a_tracker_is_nobodys_decision_and_writing_it_is_somebodys(
    home: Path, tmp_path: Path
) -> None:
    tracker = tmp_path / "tracker.csv"
    tracker.write_text(f"reference,status\n{REFERENCE},paused\n", encoding="utf-8")

    dry = run(home, "import-tracker", str(tracker))
    written = run(home, "import-tracker", str(tracker), "--apply")

    assert (dry.exit_code, written.exit_code) == (0, 2), (dry.output, written.output)
    assert "1 lines would be written" in dry.output
    assert "say who: --by NAME" in written.output
