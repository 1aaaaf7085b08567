"""The series benchmark: figures equal to its own scorer's, and a run that hangs together."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from matters_arising.errors import BadInputError
from models.evaluation import series

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "series"
FIRST = [
    ("Cllr Ash", "Nobody told the ward members about the van, and residents were frightened."),
    ("Cllr Birch", "I propose that the police give all councillors seven days notice of the van."),
    ("Cllr Elm", "I propose that the council plants an oak beside the station."),
    ("Cllr Chair", "Take the notice first. Seven days notice of the van to all. Are we agreed?"),
    ("Cllr Ash", "Agreed."),
    ("Mr Oak", "I will send the dates of the deployments by the end of June."),
]
SECOND = [
    ("Cllr Chair", "Now the answers to what we asked."),
    ("Mr Oak", "The police have accepted the seven days notice of the van for all councillors."),
]


def meeting(number: int, day: str, turns: list[tuple[str, str]]) -> dict[str, Any]:
    return {
        "meeting_id": f"meeting-{number}",
        "date": day,
        "chair": "Cllr Chair",
        "turns": [
            {"i": i, "speaker": who, "item": 1, "text": text} for i, (who, text) in enumerate(turns)
        ],
    }


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("series")
    for number, (day, turns) in enumerate([("2026-06-11", FIRST), ("2026-07-16", SECOND)], 1):
        text = json.dumps(meeting(number, day, turns))
        (folder / f"meeting-{number}.json").write_text(text)
    made = series.predict(folder)
    assert series.score(folder, made) is None
    return made


def test_an_agreed_recommendation_is_one_record_with_its_proposer(made: dict[str, Any]) -> None:
    records = [(r["proposer"], r["agreed"]) for r in made["recommendations"]]

    assert records == [("Cllr Birch", True)]


def test_a_later_answer_is_an_event_of_its_recommendation(made: dict[str, Any]) -> None:
    (recommendation,) = made["recommendations"]

    told = [(e["recommendation"], e["turns"], e["status"]) for e in made["events"]]

    assert told == [(recommendation["id"], [1], "accepted")]
    assert made["final_status"] == {recommendation["id"]: "accepted"}
    assert made["silent"] == []


def test_an_undertaking_carries_speaker_and_date(made: dict[str, Any]) -> None:
    told = [(u["speaker"], u["due"]) for u in made["undertakings"]]

    assert told == [("Mr Oak", "2026-06-30")]


def test_a_folder_without_meetings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="meeting-"):
        series.predict(tmp_path)


@pytest.mark.skipif(not BENCH.is_dir(), reason="the series benchmark is not on this machine")
def test_the_figures_are_those_of_the_benchmark(tmp_path: Path) -> None:
    gold = json.loads((BENCH / "gold.json").read_text(encoding="utf-8"))
    keep = [r | {"turns": r["turns"][:2], "due": None} for r in gold["recommendations"][::2]]
    made = {
        "recommendations": keep,
        "events": [e | {"status": "accepted"} for e in gold["events"][1:]],
        "final_status": dict(list(gold["final_status"].items())[:5]),
        "silent": [*gold["silent"][:1], "R1"],
        "concerns": [c | {"thread": n % 5 or None} for n, c in enumerate(gold["concerns"][3:])],
        "undertakings": gold["undertakings"][::3],
    }
    out = tmp_path / "predictions.json"
    series.write(made, out)
    scorer = [sys.executable, str(BENCH / "evaluate.py"), str(BENCH), str(out)]

    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)

    assert series.score(BENCH, made) == theirs
