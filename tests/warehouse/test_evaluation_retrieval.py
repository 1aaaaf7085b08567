"""Retrieval is scored with the figures of the benchmark's own scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from matters_arising.errors import BadInputError
from warehouse import evaluation_retrieval as evaluation

BENCH = Path(__file__).resolve().parents[2].parent / "shared" / "benchmarks" / "retrieval"
MEETINGS = ("covid_0", "education_1", "education_7")


def turn(meeting: str, number: int, speaker: str, *sentences: str) -> dict[str, object]:
    """A line of a corpus."""
    return {
        "doc_id": f"{meeting}#{number:04d}", "meeting": meeting, "title": meeting, "turn": number,
        "speaker": speaker, "words": 9, "scored": True, "sentences": list(sentences),
    }  # fmt: skip


def folder_of(
    path: Path, corpus: list[dict[str, object]], queries: list[dict[str, object]]
) -> Path:
    """A retrieval folder without answers."""
    for name, rows in (("corpus.jsonl", corpus), ("queries-unseen.jsonl", queries)):
        (path / name).write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def test_a_folder_without_answers_is_only_predicted(tmp_path: Path) -> None:
    """In the format of a run."""
    corpus = [
        turn("one", 0, "The Chair (Ann Varley)", "Welcome.", "Damp comes first."),
        turn("one", 1, "Tom Petty", "Mould and damp make children ill."),
        turn("two", 0, "Grace Okoro", "The bus lane opens in May."),
    ]
    queries = [{"qid": "q1", "meeting": "one", "query": "What was said on mould?", "pooled": True,
                "tags": []}]  # fmt: skip
    folder = folder_of(tmp_path, corpus, queries)
    run = evaluation.predict(folder)
    evaluation.write(run, tmp_path / "run.tsv")

    lines = (tmp_path / "run.tsv").read_text().splitlines()
    assert lines[0] == "qid\tdoc_id\tscore"
    assert lines[1].startswith("q1\tone#0001\t")
    assert evaluation.score(folder, run) is None


def test_a_folder_that_is_none_says_what_is_missing(tmp_path: Path) -> None:
    """Not a traceback."""
    with pytest.raises(BadInputError, match=r"corpus\.jsonl"):
        evaluation.predict(tmp_path)


@pytest.mark.skipif(not BENCH.exists(), reason="the shared benchmarks are not beside the project")
def test_the_figures_are_those_of_the_benchmarks_scorer(tmp_path: Path) -> None:
    """To the last digit, on three of its meetings."""
    for name in ("corpus.jsonl", "queries-public.jsonl"):
        lines = (BENCH / name).read_text().splitlines(keepends=True)
        (tmp_path / name).write_text(
            "".join(line for line in lines if json.loads(line)["meeting"] in MEETINGS)
        )
    qrels = (BENCH / "qrels-public.tsv").read_text().splitlines(keepends=True)
    kept = [q for q in qrels if q.startswith(("qid", *(f"{m}-" for m in MEETINGS)))]
    (tmp_path / "qrels-public.tsv").write_text("".join(kept))
    run = evaluation.predict(tmp_path)
    evaluation.write(run, tmp_path / "run.tsv")

    for setting in evaluation.SETTINGS:
        command = [
            sys.executable, str(BENCH / "evaluate.py"), "--data", str(tmp_path),
            "--setting", setting, "--json", str(tmp_path / "out.json"), str(tmp_path / "run.tsv"),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True)
        theirs = json.loads((tmp_path / "out.json").read_text())["runs"]
        (wanted,) = (r["summary"] for r in theirs.values())
        ours = evaluation.score(tmp_path, run, "public", setting)
        assert ours is not None
        assert ours == {key: wanted[key] for key in ours}
        assert ours["ndcg@10"] > 0.45


def test_every_part_orders_the_same_turns_in_its_own_way(tmp_path: Path) -> None:
    """By the words of a turn alone, the reply that takes none of them up is not found."""
    corpus = [
        turn("one", 0, "The Chair (Ann Varley)", "Is mould in the flats reported each month?"),
        turn("one", 1, "Tom Petty", "Yes, on the first Monday."),
        turn("two", 0, "Grace Okoro", "The bus lane opens in May."),
    ]
    queries = [{"qid": "q1", "meeting": "one", "query": "Is mould reported?", "pooled": True,
                "tags": []}]  # fmt: skip
    runs = evaluation.parts(folder_of(tmp_path, corpus, queries))

    assert [*runs] == [*evaluation.PARTS, evaluation.SHIPPED]
    found = {name: [doc for _, doc, _ in run] for name, run in runs.items()}
    assert found["the words of a turn"] == ["one#0000"]
    assert set(found["the exchange it ends"]) == {"one#0000", "one#0001"}
    assert runs[evaluation.SHIPPED] == evaluation.predict(tmp_path)
