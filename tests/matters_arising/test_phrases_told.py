"""Phrases, trends and saved searches on the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matters_arising.cli import main
from tests.warehouse import builders as b
from tests.warehouse.trends_support import load
from warehouse import store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings that were heard and one that was not."""
    return load(tmp_path_factory.mktemp("home"))


def run(home: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["--home", str(home), *words])


def test_a_concordance_lines_its_phrase_up(home: Path) -> None:
    """Under one another, so that the eye can run down."""
    lines = run(home, "concordance", "live facial recognition").output.splitlines()

    shown = [line for line in lines if "live facial recognition" in line][:4]
    assert len({line.index("live facial") for line in shown}) == 1
    places = [line for line in lines if line.startswith("    0:00:12 · Dr Grace Okoro · item 5")]
    assert any(" · http://127.0.0.1:8321/meeting/september?utterance=" in where for where in places)
    assert not any(".opus" in where for where in places)
    assert lines[-1].startswith("4 occurrences of “live facial recognition”. 2 of 3 meetings")


def test_json_csv_and_table_hold_the_same_occurrences(home: Path, tmp_path: Path) -> None:
    """With citations where they are asked for."""
    file = tmp_path / "notice.csv"
    told = json.loads(run(home, "concordance", "notice", "--cite", "--json").stdout)
    written = run(home, "concordance", "notice", "--cite", "--csv", str(file))
    printed = run(home, "concordance", "notice", "--cite", "--csv", "-").stdout

    rows = list(csv.DictReader(file.open(encoding="utf-8", newline="")))
    assert [r["citation"] for r in rows] == [o["citation"] for o in told["occurrences"]]
    assert [r["left"] for r in rows] == [o["left"] for o in told["occurrences"]]
    assert (printed, written.stderr) == (file.read_text(), f"2 occurrences written to {file}\n")
    assert told["scope"]["not_searched"] == ["august"]


def test_csv_without_a_hit_has_its_header(home: Path) -> None:
    """The same as with hits, so that what reads it fails at neither."""
    some, none = (
        run(home, "search", word, "--mode", "words", "--csv", "--cite").stdout.splitlines()
        for word in ("notice", "zeppelin")
    )
    assert none == some[:1]


def test_a_line_of_the_vocabulary_that_is_none_is_told_beside_the_answer(tmp_path: Path) -> None:
    """Not instead of it."""
    home = load(tmp_path)
    (home / "vocabulary.csv").write_text("short,long\nA B,one two\n")

    told = run(home, "search", "notice", "--mode", "words", "--json")
    assert json.loads(told.stdout)["hits"]
    assert "warning: line 2 of" in told.stderr


def test_json_without_an_occurrence_is_json(home: Path) -> None:
    """An empty list, with what was searched."""
    told = json.loads(run(home, "concordance", "zeppelin", "--json").stdout)

    assert (told["occurrences"], told["scope"]["meetings_searched"]) == ([], 2)


def test_a_file_that_cannot_be_written_leaves_nothing(home: Path, tmp_path: Path) -> None:
    """One sentence, and no half of a file."""
    told = run(home, "concordance", "notice", "--csv", str(tmp_path / "none" / "x.csv"))

    assert (told.exit_code, "could not be written" in told.output) == (1, True)


def test_words_that_would_steer_a_terminal_are_only_shown(tmp_path: Path) -> None:
    """Captions may hold anything."""
    said = b.transcript("m", (("V1", "", "Clear \x1b[2J the bins."),))
    store.load(tmp_path, [b.one_transcript(said)])

    assert "\x1b[2J" not in run(tmp_path, "concordance", "bins").output


@pytest.mark.parametrize("output", ["--table", "--chart"])
def test_trends_tell_no_data_from_nothing_said(home: Path, output: str) -> None:
    """And what was searched."""
    lines = run(home, "trends", "facial recognition", output).output.splitlines()

    by_month = {" ".join(line.split()[:2]): line for line in lines}
    assert "no data" in by_month["July 2026"]
    assert "no data" in by_month["August 2026"]
    assert "240.00" in by_month["June 2026"]
    assert any("2 of 3 meetings searched" in line for line in lines)


def test_trends_as_csv_keep_their_digits_and_their_gaps(home: Path) -> None:
    """What is said once in a hundred hours is not said 0.00 times an hour."""
    rows = list(csv.DictReader(run(home, "trends", "notice", "--csv").stdout.splitlines()))

    assert [(r["month"], r["occurrences"], r["per_hour"]) for r in rows] == [
        ("June 2026", "1", "120.0"), ("July 2026", "", ""), ("August 2026", "", ""),
        ("September 2026", "1", "120.0"),
    ]  # fmt: skip
    assert rows[0]["hours_spoken"] == "0.008333"


def test_a_picture_is_written_beside_the_table(home: Path, tmp_path: Path) -> None:
    """Whole, with both phrases."""
    file = tmp_path / "bins.svg"
    told = run(home, "trends", "bins", "notice", "--by", "committee", "--svg", str(file), "--json")

    assert json.loads(told.stdout)["total"][1]["occurrences"] == 2
    assert "“bins”, “notice”: times said per hour spoken, by committee" in file.read_text()


def test_a_saved_search_that_finds_more_than_is_followed_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is new may be among the rest."""
    monkeypatch.setattr("warehouse.saved.MOST_HITS", 2)
    store.load(tmp_path, [b.done("june")])
    added, ran = (
        run(tmp_path, "saved", *words) for words in (("add", "all", "the"), ("run", "all"))
    )

    assert [t.stderr.split(" and ")[0] for t in (added, ran)] == [
        "warning: only the 2 best sentences of this search are followed,"
    ] * 2


def test_a_feed_leads_to_the_web_alone(tmp_path: Path) -> None:
    """Whatever address is given stands in what a feed reader opens with a click."""
    store.load(tmp_path, [b.done("june")])
    run(tmp_path, "saved", "add", "bins", "bins")
    told = run(tmp_path, "saved", "feed", "bins", "--address", "javascript:alert(1)")

    assert told.exit_code == 1
    assert "is no address on the web" in told.output


def test_a_saved_search_is_told_once_from_end_to_end(tmp_path: Path) -> None:
    """Added, run, run again, run after a new meeting, fed, listed, removed."""
    store.load(tmp_path, [b.done("june")])
    added = run(tmp_path, "saved", "add", "facial", "facial", "recognition", "--exact")
    runs = [json.loads(run(tmp_path, "saved", "run", "facial", "--json").output) for _ in "12"]
    store.load(tmp_path, [b.done("july")])
    fed = json.loads(run(tmp_path, "saved", "feed", "facial", "--format", "json").output)
    after = run(tmp_path, "saved", "run", "facial", "--cite").output
    (listed,) = json.loads(run(tmp_path, "saved", "list", "--json").output)
    removed = run(tmp_path, "saved", "remove", "facial")

    assert added.output == "saved as facial; it finds 2 sentences now\n"
    assert [len(rows) for rows in runs] == [2, 0]
    assert len(fed["items"]) == 4
    assert "Meeting july, machine-made transcript" in after
    assert "Meeting june" not in after
    assert (listed["query"], listed["told"]) == ('"facial recognition"', 4)
    assert (removed.output, run(tmp_path, "saved", "run", "facial").exit_code) == (
        "removed facial\n", 1,
    )  # fmt: skip


def test_a_hit_of_the_search_comes_with_its_citation(home: Path) -> None:
    """In every form, and only where it is asked for."""
    words = ("search", "street", "--mode", "words")
    shown = run(home, *words, "--cite").output
    (first, *_) = json.loads(run(home, *words, "--cite", "--json").output)["hits"]
    plain = json.loads(run(home, *words, "--json").output)["hits"][0]

    assert first["citation"] in shown
    assert first["citation"].startswith("Member of the public 1, ")
    assert "citation" not in plain
