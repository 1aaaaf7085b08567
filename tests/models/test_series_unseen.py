"""What is measured on was never learnt from, and a committee never met before is followed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.evaluation.series import predict, score
from models.training.sentence_classes import folder

UNSEEN = Path(__file__).parent / "series"
FEWEST = 5  # words; anybody may say "I was coming to that"


def said(path: Path) -> set[str]:
    meeting = json.loads(path.read_text(encoding="utf-8"))
    sentences = [s for turn in meeting["turns"] for s in turn["text"].lower().split(".")]
    return {s.strip() for s in sentences if len(s.split()) > FEWEST}


@pytest.mark.parametrize("name", ["saltby", "calderbeck", "ravensby", "teasdale"])
def test_no_sentence_that_is_measured_on_is_trained_on(name: str) -> None:
    held_out = set().union(*(said(p) for p in (UNSEEN / name).glob("meeting-*.json")))
    files = [p for p in folder("").rglob("*") if p.suffix in (".tsv", ".txt", ".json")]

    learnt = "\n".join(p.read_text(encoding="utf-8").lower() for p in files)

    assert len(files) > 20
    assert [s for s in held_out if s in learnt] == []


@pytest.mark.quality
def test_committees_never_met_before_are_followed() -> None:
    folders = [p for p in sorted(UNSEEN.iterdir()) if p.is_dir()]

    told = [score(f, predict(f)) or {} for f in folders]

    assert len(told) == 4
    assert all(t["recommendations"]["precision"] >= 0.8 for t in told)
    # of one committee an event more or fewer moves it by a tenth
    assert sum(t["events"]["f1"] for t in told) / 4 >= 0.28
