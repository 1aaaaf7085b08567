"""Claim: archives searched together answer nearly as one archive of all their meetings would.

    python benchmarks/together.py FOLDER [VECTORS]

FOLDER is a retrieval benchmark with questions and answers. Its meetings are loaded into one
archive, into one a committee, and into four drawn at random; each question is asked of all
archives of a cut by words, and by words and meaning, and nDCG@10 and success@5 are printed, beside
those of hits taken from the archives in turn. A question here is about one meeting, so that the
right archive is worth more than in a question to many councils. VECTORS is a file that keeps the
sentences' vectors for the next time.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from models.vectors import MiniLM
from warehouse import evaluation_retrieval as bench
from warehouse.comparing import together
from warehouse.reader import open_reader
from warehouse.search import SearchResult, search
from warehouse.store import rebuild

DEPTH = 60  # sentences an archive


def main() -> None:
    """Prints the figures of each cut."""
    folder = Path(sys.argv[1])
    corpus = list(bench._lines(folder / "corpus.jsonl"))
    model = MiniLM()
    encode = _kept(corpus, model, Path(sys.argv[2]) if len(sys.argv) > 2 else None)
    questions = [q for q in bench._lines(folder / "queries-public.jsonl") if q["pooled"]]
    vectors = {q["query"]: model.encode_query(q["query"]) for q in questions}
    told = {}
    for cut, groups in _cuts(corpus).items():
        found = [_answers(corpus, group, encode, questions, vectors) for group in groups]
        told[cut] = {mode: _figures(folder, questions, mode, found) for mode in ("words", "both")}
    print(json.dumps(told, indent=1))


def _cuts(corpus: Sequence[dict[str, Any]]) -> dict[str, list[set[str]]]:
    meetings = sorted({t["meeting"] for t in corpus})
    drawn = random.Random(3).sample(meetings, len(meetings))
    families = {m.split("_")[0] for m in meetings}
    return {
        "one": [set(meetings)],
        "a committee each": [{m for m in meetings if m.startswith(f)} for f in sorted(families)],
        "four": [set(drawn[n::4]) for n in range(4)],
    }


def _kept(corpus: Sequence[dict[str, Any]], model: MiniLM, file: Path | None) -> Callable[..., Any]:
    texts = list(dict.fromkeys(s for t in corpus for s in (t["sentences"] or [""])))
    if file and file.exists():
        vectors = np.load(file)
    else:
        vectors = model.encode(texts)
        if file:
            np.save(file, vectors)
    at = {text: n for n, text in enumerate(texts)}
    return lambda some: vectors[[at[text] for text in some]]


def _answers(
    corpus: Sequence[dict[str, Any]],
    group: set[str],
    encode: Callable[..., Any],
    questions: Sequence[dict[str, Any]],
    vectors: dict[str, Any],
) -> dict[tuple[str, str], SearchResult]:
    with tempfile.TemporaryDirectory() as home:
        rebuild(Path(home), bench._meetings([t for t in corpus if t["meeting"] in group], encode))
        with open_reader(Path(home)) as reader:
            return {
                (mode, q["qid"]): search(
                    reader, q["query"], mode=mode, encode=vectors.__getitem__, k=DEPTH
                )
                for mode in ("words", "both")
                for q in questions
            }


def _figures(
    folder: Path,
    questions: Sequence[dict[str, Any]],
    mode: str,
    found: Sequence[dict[tuple[str, str], SearchResult]],
) -> dict[str, Any]:
    runs: dict[str, bench.Run] = {"together": [], "in turn": []}
    for q in questions:
        each = {str(n): f[mode, q["qid"]] for n, f in enumerate(found)}
        hits = together(each, 10 * DEPTH).answer.hits
        in_turn = chain.from_iterable(zip_longest(*(r.hits for r in each.values())))
        for name, some in (("together", hits), ("in turn", [h for h in in_turn if h])):
            docs = dict.fromkeys(h.utterance_id for h in some)
            runs[name] += [(q["qid"], doc, float(-n)) for n, doc in enumerate(docs)]
    scores = {name: bench.score(folder, run, "public", "archive") for name, run in runs.items()}
    return {name: {m: s[m] for m in ("ndcg@10", "success@5")} for name, s in scores.items() if s}


if __name__ == "__main__":
    main()
