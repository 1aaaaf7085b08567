"""The naming benchmark: its format in and out, and its scorer's own figures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from models.evaluation.disturbed import disturb
from models.evaluation.naming import predict, score, write

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "naming"
MEETING = {
    "meeting_id": "m1",
    "chair": "Asha Varley",
    "roster": [{"name": "Asha Varley"}, {"name": "Tom Quill"}, {"name": "Ida Marsh"}],
    "turns": [
        {"cluster": "S1", "text": "Good evening, and welcome to the committee. Mr. Quill."},
        {"cluster": "S2", "text": "Thank you, Chair. Is the park open?"},
        {"cluster": "S1", "text": "Thank you, Mr. Quill. Ms. Marsh, please."},
        {"cluster": "S3", "text": "It is open."},
        {"cluster": "S1", "text": "Thank you, Ms. Marsh. Back to Mr. Quill."},
        {"cluster": "S2", "text": "Good."},
        {"cluster": "S4", "text": "Can I come in on that?"},
    ],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "m1.json").write_text(json.dumps(MEETING))
    return tmp_path


def test_every_voice_gets_a_name_or_null(folder: Path) -> None:
    assert predict(folder) == {
        "m1": {"S1": "Asha Varley", "S2": "Tom Quill", "S3": "Ida Marsh", "S4": None}
    }


def test_meetings_may_lie_in_the_folder_itself(folder: Path) -> None:
    assert predict(folder / "meetings") == predict(folder)


def test_without_answers_there_is_no_score(folder: Path) -> None:
    assert score(folder, {"m1": {}}) is None


def test_figures_weigh_voices_by_their_words(folder: Path) -> None:
    gold = {"m1": {"S1": "Asha Varley", "S2": "Tom Quill", "S3": "Ida Marsh", "S4": "Jo Field"}}
    (folder / "gold.json").write_text(json.dumps(gold))

    figures = score(folder, {"m1": {"S1": "Asha Varley", "S3": "Tom Quill", "S4": None}})

    assert (figures["words"], figures["named_right"], figures["misattributed"]) == (
        41,
        pytest.approx(24 / 41),
        pytest.approx(3 / 41),
    )


def test_what_nobody_could_name_from_words_alone_is_told(folder: Path) -> None:
    gold = {"m1": {"S1": "Asha Varley", "S2": "Tom Quill", "S3": "Ida Marsh", "S4": "Jo Field"}}
    (folder / "gold.json").write_text(json.dumps(gold))

    figures = score(folder, {"m1": {}})

    # the chair is told beforehand, Quill and Marsh are called; of Field's six words no name tells
    assert figures["within_reach"] == pytest.approx(35 / 41)


def test_a_folder_without_meetings_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="meetings/"):
        predict(tmp_path)


@pytest.mark.skipif(not BENCH.is_dir(), reason="the naming benchmark is not on this machine")
def test_figures_are_those_of_the_benchmarks_own_scorer(tmp_path: Path) -> None:
    gold = json.loads((BENCH / "gold.json").read_text())
    made = {
        m: {v: (None, n, "Nobody")[i % 3] for i, (v, n) in enumerate(names.items())}
        for m, names in gold.items()
    }
    out = tmp_path / "predictions.json"
    write(made, out)

    command = [BENCH / "evaluate.py", BENCH / "meetings", BENCH / "gold.json", out]
    printed = subprocess.run(
        [sys.executable, *map(str, command)], capture_output=True, text=True, check=True
    ).stdout
    theirs = dict(
        re.findall(r"(words|coverage|precision|misattributed|named_right) ([\d.]+)", printed)
    )
    ours = score(BENCH, made)

    assert {k: f"{ours[k]:.4f}" if k != "words" else str(ours[k]) for k in theirs} == theirs


@pytest.mark.quality
@pytest.mark.skipif(not BENCH.is_dir(), reason="the naming benchmark is not on this machine")
def test_names_on_real_committees_are_hardly_ever_wrong() -> None:
    figures = score(BENCH, predict(BENCH))

    assert figures["misattributed"] <= 0.005
    assert figures["named_right"] >= 0.77


@pytest.mark.quality
@pytest.mark.long
@pytest.mark.skipif(not BENCH.is_dir(), reason="the naming benchmark is not on this machine")
def test_names_are_hardly_ever_wrong_when_a_twentieth_of_the_turns_is_in_a_wrong_voice() -> None:
    figures = score(BENCH, predict(BENCH, wrong_turns=0.05), wrong_turns=0.05)

    assert figures["misattributed"] <= 0.01


def test_a_meeting_is_disturbed_in_the_same_way_each_time_and_loses_no_word() -> None:
    one = disturb(MEETING, wrong_turns=0.5, merged=True)

    assert one == disturb(MEETING, wrong_turns=0.5, merged=True)
    assert [t["text"] for t in one["turns"]] == [t["text"] for t in MEETING["turns"]]
    assert sum(t["moved"] for t in one["turns"]) == 4  # half of seven, to the even number
    assert len({t["cluster"] for t in one["turns"]}) <= 3


def test_undisturbed_a_meeting_keeps_its_voices() -> None:
    turns = disturb(MEETING)["turns"]

    assert [t["cluster"] for t in turns] == [t["cluster"] for t in MEETING["turns"]]


def test_a_name_for_two_merged_voices_is_wrong_for_one_of_them(folder: Path) -> None:
    gold = {"m1": {"S1": "Asha Varley", "S2": "Tom Quill", "S3": "Ida Marsh", "S4": "Jo Field"}}
    (folder / "gold.json").write_text(json.dumps(gold))
    merged = {t["cluster"] for t in disturb(MEETING, merged=True)["turns"]}

    figures = score(folder, {"m1": {v: gold["m1"][v] for v in merged}}, merged=True)

    assert 0 < figures["misattributed"] < 1


def test_families_are_told_apart_by_the_meetings_names(folder: Path) -> None:
    gold = {"m1": {"S1": "Asha Varley", "S2": "Tom Quill", "S3": "Ida Marsh", "S4": "Jo Field"}}
    other = {**MEETING, "meeting_id": "wards_1"}
    (folder / "meetings" / "wards_1.json").write_text(json.dumps(other))
    (folder / "gold.json").write_text(json.dumps({**gold, "wards_1": gold["m1"]}))

    figures = score(folder, {"wards_1": gold["m1"]})

    assert {f: c["named_right"] for f, c in figures["families"].items()} == {"m1": 0, "wards": 1}
