"""A phrase in the archives of several councils: in time order, counted together, each told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from tests.warehouse import builders as b
from transcripts.processed import ProcessedMeeting
from warehouse import store

PHRASE = "facial recognition"


def archive(home: Path, council: str, days: dict[str, date], committee: str = "") -> Path:
    made = []
    for name, day in days.items():
        done = b.done(name, day=day)
        meeting = replace(done.meeting, council=council)
        if committee:
            meeting = replace(meeting, committee=committee)
        made.append(ProcessedMeeting(meeting, done.transcripts))
    store.load(home, made)
    return home


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Aldermere met in May and September, Hollin in June; a meeting of each is called alike."""
    root = tmp_path_factory.mktemp("councils")
    days = {"one": date(2026, 5, 5), "two": date(2026, 9, 1)}
    return (
        archive(root / "a", "Aldermere", days),
        archive(root / "h", "Hollin", {"one": date(2026, 6, 2)}),
    )


def run(homes: tuple[Path, Path], *words: str) -> str:
    told = CliRunner().invoke(main, ["--home", str(homes[0]), *words, "--also", str(homes[1])])
    assert told.exit_code == 0, told.output
    return told.output


def as_data(homes: tuple[Path, Path], *words: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(run(homes, *words, "--json"))
    return read


def test_places_come_in_time_order_each_with_its_council(homes: tuple[Path, Path]) -> None:
    told = as_data(homes, "concordance", PHRASE)
    few = as_data(homes, "concordance", PHRASE, "-k", "3")

    found = [(o["date"], o["council"]) for o in told["occurrences"]]
    assert found == sorted(found)
    assert list(dict.fromkeys(c for _, c in found)) == ["Aldermere", "Hollin"]
    assert found[-1] == ("2026-09-01", "Aldermere")
    assert few["occurrences"] == told["occurrences"][:3]
    assert told["scope"]["meetings_held"] == 3
    assert {part["meetings_held"] for part in told["archives"].values()} == {1, 2}


def test_people_are_shown_which_council_it_was(homes: tuple[Path, Path]) -> None:
    """Also where two meetings of one id come one after the other."""
    shown = run(homes, "concordance", PHRASE)

    assert "5 May 2026 · Aldermere · Safer Communities Scrutiny Committee · one" in shown
    assert "2 June 2026 · Hollin · Safer Communities Scrutiny Committee · one" in shown
    assert "3 of 3 meetings searched" in shown


def test_counts_are_those_of_all_and_a_month_in_which_nobody_met_has_none(
    homes: tuple[Path, Path],
) -> None:
    told = as_data(homes, "trends", PHRASE)
    alone = json.loads(
        CliRunner().invoke(main, ["--home", str(homes[1]), "trends", PHRASE, "--json"]).output
    )

    counts = {row["month"]: row["occurrences"] for row in told["rows"]}
    (every,), (own,) = told["total"], alone["total"]
    each = own["occurrences"]
    assert counts == {
        "May 2026": each, "June 2026": each, "July 2026": None, "August 2026": None,
        "September 2026": each,
    }  # fmt: skip
    assert (every["occurrences"], every["meetings"]) == (3 * each, 3 * own["meetings"])
    assert every["per_hour"] == pytest.approx(own["per_hour"], rel=0.01)


def test_committees_of_one_name_keep_their_own_rows(homes: tuple[Path, Path]) -> None:
    rows = as_data(homes, "trends", PHRASE, "--by", "committee")["rows"]

    assert [row["committee"] for row in rows] == [
        "Safer Communities Scrutiny Committee, Aldermere",
        "Safer Communities Scrutiny Committee, Hollin",
    ]


def test_kinds_of_speaker_are_counted_together(homes: tuple[Path, Path]) -> None:
    rows = as_data(homes, "trends", PHRASE, "--by", "speaker-role")["rows"]
    labels = [row["speaker-role"] for row in rows]

    assert len(labels) == len(set(labels))
    assert (
        sum(row["occurrences"] for row in rows)
        == (as_data(homes, "trends", PHRASE)["total"][0]["occurrences"])
    )


def test_an_archive_without_the_committee_is_passed_over_and_none_with_it_is_told(
    homes: tuple[Path, Path], tmp_path: Path
) -> None:
    other = archive(tmp_path / "o", "Other", {"x": date(2026, 6, 3)}, "Licensing Committee")
    told = as_data((homes[0], other), "concordance", PHRASE, "--committee", "Licensing Committee")
    nobody = CliRunner().invoke(
        main,
        ["--home", str(homes[0]), "trends", "x", "--committee", "Nobody", "--also", str(homes[1])],
    )

    assert {o["council"] for o in told["occurrences"]} == {"Other"}
    assert nobody.exit_code != 0
    assert "no committee 'Nobody'" in nobody.output


def test_an_archive_given_under_two_spellings_is_asked_once(
    homes: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be counted twice."""
    monkeypatch.chdir(homes[0].parent)
    same = (homes[0], Path("a"))

    counted = as_data(same, "concordance", PHRASE)
    found = as_data(same, "search", "recognition", "--mode", "words")

    assert counted["scope"]["meetings_held"] == found["searched"]["meetings"] == 2
    assert list(counted["archives"]) == list(found["archives"]) == [str(homes[0])]
