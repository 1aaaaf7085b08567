"""The findings benchmark: figures equal to its own scorer's, and honest about training material."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.evaluation import findings
from models.findings.classifier import load_classifier

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "findings"
SENTENCES = [
    ("a:0:0", 0, "V1", "I'm really worried that nobody answers the telephone in the evening."),
    ("a:1:0", 1, "V2", "I would urge the council to publish the figures every month."),
    ("a:2:0", 2, "V1", "Thank you very much."),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"id": i, "meeting": "a", "turn": t, "sentence": 0, "speaker": v, "text": text}
        for i, t, v, text in SENTENCES
    ]
    (tmp_path / "sentences.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))
    return tmp_path


def test_without_labels_a_folder_is_only_predicted(folder: Path) -> None:
    made = findings.predict(folder)

    assert {p["id"]: p["labels"] for p in made} == {"a:0:0": ["C"], "a:1:0": ["R"]}
    assert made[1]["spans"] == {"R": "council to publish the figures every month"}
    assert findings.score(folder, made) is None


def test_meetings_that_were_not_trained_on_are_not_called_out_of_fold(folder: Path) -> None:
    (folder / "labels.tsv").write_text("a:0:0\tC\tnobody answers the telephone in the evening\n")

    figures = findings.score(folder, [{"id": "a:0:0", "labels": ["C"], "spans": {"C": "nobody"}}])

    assert figures is not None
    assert (figures["out_of_fold"], figures["C"]["f1"], figures["C"]["span"]) == (False, 1.0, 0.25)


def test_disputed_pairs_are_left_out(folder: Path) -> None:
    (folder / "labels.tsv").write_text("a:0:0\tC\tnobody\na:1:0\tC\tfigures\n")
    (folder / "disputed.tsv").write_text("a:1:0\tC\n")

    figures = findings.score(folder, [{"id": "a:0:0", "labels": ["C"], "spans": {}}])

    assert figures is not None
    assert figures["C"]["gold"] == 1


@pytest.mark.skipif(not BENCH.is_dir(), reason="the findings benchmark is not on this machine")
def test_the_figures_are_those_of_the_benchmark(tmp_path: Path) -> None:
    labels = [line.split("\t") for line in (BENCH / "labels.tsv").read_text().splitlines()]
    made = [
        {"id": name, "labels": ["C", "F"] if n % 3 else ["R"], "spans": {"C": "the", "R": span}}
        for n, (name, _, span) in enumerate(labels)
        if n % 4
    ]
    out = tmp_path / "predictions.jsonl"
    findings.write(made, out)
    scorer = [sys.executable, str(BENCH / "evaluate.py"), str(BENCH), str(out)]

    theirs = json.loads(subprocess.run(scorer, capture_output=True, check=True).stdout)
    ours = findings.score(BENCH, made)

    assert ours is not None
    folds = set(load_classifier().header["folds"])
    assert ours.pop("out_of_fold") is ({name.split(":")[0] for name, *_ in labels} <= folds)
    assert ours == theirs
