"""Doubtful voices are gone through worst first, and what a person says of them is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from flows.load import decide
from matters_arising.cli import main
from tests.warehouse import builders
from transcripts.record import Record
from warehouse.doubts import at_risk
from warehouse.store import load

MEETING = "2026-06-02"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """The archive of one meeting with three named voices and a member of the public."""
    done = builders.done(MEETING)
    Record(tmp_path).save(done, key="k1")
    load(tmp_path, [done])
    return tmp_path


def run(home: Path, *words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words], input=typed)


def speakers(home: Path) -> dict[str, tuple[str, str]]:
    rows = json.loads(run(home, "speakers", MEETING, "--json").output)
    return {row["voice"]: (row["speaker"], row["decided_by"]) for row in rows}


def queue(home: Path) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(
        run(home, "review", "speakers", MEETING, "--json").output
    )
    return found


def test_a_name_that_may_be_wrong_comes_before_one_that_is_missing(home: Path) -> None:
    waiting = queue(home)

    risks = [w["at_risk"] for w in waiting]
    assert risks == sorted(risks, reverse=True)  # type: ignore[type-var]
    assert waiting[-1]["kind"] == "public"
    assert at_risk(True, 100, 0.5) > at_risk(True, 100, 3.0) > at_risk(False, 100, 0.0)


def test_each_doubt_shows_what_was_said_before_and_after(home: Path) -> None:
    (second,) = [w for w in queue(home) if w["voice"] == "V2"]

    (passage,) = second["passages"]  # type: ignore[misc]
    assert [(line["speaker"], line["own"]) for line in passage] == [
        ("Cllr Ann Varley", False),
        ("Cllr Tom Petty", True),
        ("Dr Grace Okoro", False),
    ]


def test_answers_go_into_the_ledger_and_rename_the_voice_everywhere(home: Path) -> None:
    first, *_ = [str(w["voice"]) for w in queue(home)]

    told = run(home, "review", "speakers", MEETING, "--by", "A", typed="3\nq\n")

    assert told.exit_code == 0, told.output
    assert speakers(home)[first] == ("Dr Grace Okoro", "A")
    assert first not in [w["voice"] for w in queue(home)]


def test_a_decision_holds_after_the_archive_is_made_again_and_can_be_undone(home: Path) -> None:
    first, *_ = [str(w["voice"]) for w in queue(home)]
    run(home, "review", "speakers", MEETING, "--by", "A", typed="n\nq\n")

    run(home, "rebuild")
    (line,) = [
        r for r in json.loads(run(home, "ledger", "--json").output) if r["kind"] == "speaker"
    ]
    kept = speakers(home)[first]
    run(home, "decide", "undo", line["id"], "--by", "A")

    assert kept[1] == "A"
    assert speakers(home)[first][1] == "machine"


def test_yes_confirms_the_name_of_the_roster(home: Path) -> None:
    first, *_ = queue(home)

    run(home, "review", "speakers", MEETING, "--by", "A", typed="y\nq\n")

    assert speakers(home)[str(first["voice"])] == (str(first["person"]), "A")


def test_what_means_nothing_is_asked_again_and_skipping_decides_nothing(home: Path) -> None:
    told = run(home, "review", "speakers", MEETING, "--by", "A", typed="Nobody\n99\ns\nq\n")

    assert told.output.count("neither on the roster nor one of") == 2
    assert all(by == "machine" for _, by in speakers(home).values())


def test_a_member_of_the_public_is_neither_offered_nor_named(home: Path) -> None:
    told = run(home, "review", "speakers", MEETING, "--by", "A", typed="Joan Petty-Smith\nq\n")

    assert "Joan" not in told.output.replace("'Joan Petty-Smith'", "").split("who is", 1)[0]
    assert "neither on the roster" in told.output


def test_a_withheld_name_is_neither_offered_nor_given(home: Path) -> None:
    before = run(home, "review", "speakers", MEETING, "--by", "A", typed="q\n")
    name = next(
        p.name for p in Record(home).read(MEETING).meeting.people if p.name in before.output
    )
    run(home, "decide", "withhold", name, "--by", "A", "--why", "asked")
    told = run(home, "review", "speakers", MEETING, "--by", "A", typed=f"{name}\nq\n")

    assert "neither on the roster" in told.output
    assert name not in told.output.replace(f"'{name}'", "").replace(f": {name}\n", "")


def test_the_minutes_of_review_an_hour_of_meeting_are_logged(home: Path) -> None:
    run(home, "review", "speakers", MEETING, "--by", "A", typed="y\ns\nq\n")

    (row,) = map(json.loads, (home / "reports" / "review.jsonl").read_text().splitlines())
    assert (row["who"], row["looked_at"], row["decided"]) == ("A", 2, 1)
    assert row["minutes_an_hour"] == pytest.approx(
        row["minutes"] / row["hours_of_meeting"], abs=0.5
    )


def test_the_time_is_kept_where_the_terminal_was_closed(home: Path) -> None:
    told = run(home, "review", "speakers", MEETING, "--by", "A", typed="y\n")

    (row,) = map(json.loads, (home / "reports" / "review.jsonl").read_text().splitlines())
    assert (told.exit_code, row["looked_at"], row["decided"]) == (1, 1, 1)


@pytest.mark.usefixtures("nobody")
def test_listing_asks_for_nobody_and_deciding_does(home: Path) -> None:
    listed = CliRunner().invoke(
        main, ["--home", str(home), "review", "speakers", MEETING, "--list"]
    )
    decided = CliRunner().invoke(main, ["--home", str(home), "review", "speakers", MEETING])

    assert listed.exit_code == 0, listed.output
    assert "say who: --by NAME" in decided.output


def test_a_meeting_with_nothing_doubtful_says_so(home: Path) -> None:
    from transcripts.voice_decisions import voice_decisions

    for voice in ("V1", "V2", "V3", "V4"):
        decide(home, voice_decisions(home, MEETING, voice, "", "A", ""))

    assert "no voice waits" in run(home, "review", "speakers", MEETING, "--list").output
