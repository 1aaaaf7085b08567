"""The figures of slots, on invented sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.evaluation.findings import score
from models.evaluation.slots import read_slots, score_slots

SAID = [
    ("R", "The council should mend the lamp by June.", "to=the council ;; by=by June"),
    ("R", "The police should wait.", "to=police ;; if=if it rains"),
    ("A", "I will send the survey by July.", "who=I ;; what=send the survey ;; by=by July"),
    ("C", "The tenants are cold.", "whose=The tenants"),
    ("C", "The drains are blocked.", ""),
    ("", "Good evening.", ""),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"id": f"m:{i}:0", "meeting": "m", "turn": i, "sentence": 0, "speaker": "V1", "text": text}
        for i, (_, text, _) in enumerate(SAID)
    ]
    lines = {
        "sentences.jsonl": [json.dumps(r) for r in rows],
        "labels.tsv": [f"m:{i}:0\t{x}\t{t}" for i, (x, t, _) in enumerate(SAID) if x],
        "slots.tsv": [f"m:{i}:0\t{s}" for i, (_, _, s) in enumerate(SAID) if s],
    }
    for name, written in lines.items():
        (tmp_path / name).write_text("\n".join(written) + "\n", encoding="utf-8")
    return tmp_path


def test_each_slot_is_scored_on_the_sentences_that_have_its_label(folder: Path) -> None:
    scores = score_slots(folder)

    assert scores is not None
    assert scores["R.to"] == {"gold": 2, "precision": 1.0, "recall": 1.0, "token_f1": 1.0}
    assert scores["R.if"] == {"gold": 1, "precision": 0.0, "recall": 0.0, "token_f1": 0.0}
    assert scores["A.what"]["recall"] == scores["C.whose"]["recall"] == 1.0
    assert set(scores["span"]) == {"C", "R"}


def test_rules_and_proposals_are_scored_apart_and_together(folder: Path) -> None:
    proposals = {("m:1:0", "R"): {"to": (4, 10), "if": (18, 22)}}

    alone = score_slots(folder, proposals, "proposal")
    both = score_slots(folder, proposals)

    assert alone is not None
    assert both is not None
    assert (alone["R.to"]["recall"], both["R.to"]["recall"]) == (0.5, 1.0)
    with pytest.raises(ValueError, match="is none of"):
        score_slots(folder, source="guess")


def test_the_findings_bench_tells_slots_where_they_are_labelled(folder: Path) -> None:
    figures = score(folder, [])

    assert figures is not None
    assert figures["slots"] == score_slots(folder)


def test_a_folder_without_slots_is_not_scored_for_them(folder: Path) -> None:
    (folder / "slots.tsv").unlink()

    assert score_slots(folder) is None


def test_slots_are_read_by_sentence_and_key(folder: Path) -> None:
    assert read_slots(folder / "slots.tsv")["m:0:0"] == {"to": "the council", "by": "by June"}
