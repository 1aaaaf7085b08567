"""``matters voices`` and what doctor says of it, without any sound."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from models.known_voices import voice_engine
from transcripts.enrolled import Enrolled, EnrolledVoices, packed
from transcripts.ledger import Decision, Ledger, now

ON = {"MATTERS_KNOWN_VOICES": "true"}
OFF = {"MATTERS_KNOWN_VOICES": "false"}
REASON = ("--reason", "consent", "--by", "me")


def run(home: Path, *words: str, env: dict[str, str] = OFF) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words], env=env)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An archive without meetings, with one voice enrolled."""
    line = Decision("voice", "enrolled", "C", now(), why="consent", name="Cllr Ida Rudge")
    (made,) = Ledger(tmp_path).append([line])
    kept = Enrolled(
        "Cllr Ida Rudge", "Brackwell", "m1", "ab", "V2", 61.2, "evidence of 8.0", voice_engine(),
        made.when, date.today() + timedelta(days=9), "C", "consent", made.id,
        packed(np.ones(256, np.float32)),
    )  # fmt: skip
    EnrolledVoices(tmp_path).save(kept)
    return tmp_path


def test_off_it_refuses_with_what_to_set_before_anything_else(tmp_path: Path) -> None:
    """Also by default, where nothing is set."""
    for env in (OFF, {"MATTERS_KNOWN_VOICES": None}):
        told = run(tmp_path, "voices", "enrol", "Nobody", "nowhere", *REASON, env=env)  # type: ignore[arg-type]

        assert told.exit_code == 1
        assert told.output.count("\n") == 1
        assert "MATTERS_KNOWN_VOICES=true" in told.output
    assert list(tmp_path.iterdir()) == []


def test_a_reason_is_asked_for_and_a_blank_one_is_none(tmp_path: Path) -> None:
    without = run(tmp_path, "voices", "enrol", "P", "M", "--by", "me", env=ON)
    blank = run(tmp_path, "voices", "enrol", "P", "M", "--by", "me", "--reason", " ", env=ON)

    assert "Missing option '--reason'" in without.output
    assert "no reason was given" in blank.output
    assert (without.exit_code, blank.exit_code) == (2, 1)


def test_an_unknown_meeting_is_told(tmp_path: Path) -> None:
    told = run(tmp_path, "voices", "enrol", "P", "M", *REASON, env=ON)

    assert told.output == "Error: no meeting 'M' in the archive (it holds: none)\n"


@pytest.mark.parametrize(
    ("env", "used"), [(ON, "yes"), (OFF, "no, known voices are turned off")], ids=["on", "off"]
)
def test_the_list_tells_everything_but_the_voice(
    home: Path, env: dict[str, str], used: str
) -> None:
    told = run(home, "voices", "list", "--json", env=env)

    (row,) = json.loads(told.output)
    assert (row["person"], row["reason"], row["used"]) == ("Cllr Ida Rudge", "consent", used)
    assert "packed" not in row
    assert "vector" not in row
    assert "Ida Rudge" in run(home, "voices", "list", env=env).output


def test_removal_and_purge_need_no_setting_and_leave_a_line(home: Path) -> None:
    removed = run(home, "voices", "remove", "Cllr Ida Rudge", "--by", "me", "--why", "withdrawn")
    again = run(home, "voices", "remove", "Cllr Ida Rudge", "--by", "me")
    nothing = run(home, "voices", "purge", "--by", "me")

    assert "is off the disk" in removed.output
    assert again.output == "Error: no enrolled voice 'Cllr Ida Rudge' (there is: none)\n"
    assert nothing.output == "none was kept\n"
    line = Ledger(home).all_lines()[-1]
    assert (line.verdict, line.why, line.who) == ("removed", "withdrawn", "me")
    assert run(home, "voices", "list").output == "no voice is kept\n"


def test_purge_takes_all_and_counts_them(home: Path) -> None:
    told = run(home, "voices", "purge", "--by", "me", "--why", "over", "--json")

    assert json.loads(told.output) == {"removed": 1}
    assert not (home / "voices").exists()


@pytest.mark.parametrize(
    ("env", "says"),
    [
        (OFF, "kept though known voices are turned off"),
        (ON, "without an impact assessment"),
        ({**ON, "MATTERS_KNOWN_VOICES_DPIA": "DPIA 2026-14"}, ""),
    ],
)
def test_doctor_warns_of_what_is_not_in_order(home: Path, env: dict[str, str], says: str) -> None:
    told = json.loads(run(home, "doctor", "--json", env=env).output)["known_voices"]

    assert told["kept"] == 1
    assert [says in w for w in told["warnings"]] == ([True] if says else [])
