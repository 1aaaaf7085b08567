"""How well search finds the turns that answer a question, on a retrieval benchmark folder.

The folder's turns are loaded into a real warehouse, made for the occasion, as the utterances of
meetings, and asked with the ranking that every search uses. Formats: ``corpus.jsonl``,
``queries-<split>.jsonl``, and where there are answers ``qrels-<split>.tsv``; a run is lines of
``qid, doc_id, score``. The figures are those of the benchmark's own scorer.
"""

from __future__ import annotations

import json
import logging
import math
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matters_arising.errors import BadInputError
from transcripts.meeting import Engine, Meeting, Recording
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
)
from transcripts.words import Attribution, Reason, Sentence, Utterance, Word
from warehouse import sql
from warehouse.matching import Ranked, rank, understood
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.store import rebuild

logger = logging.getLogger(__name__)

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
Run = list[tuple[str, str, float]]
Question = Mapping[str, Any]
Scores = list[tuple[str, float]]
By = Callable[[str], Scores]
SETTINGS = ("archive", "meeting")
DEPTH = 1_000  # turns given back for a question over the whole archive
METRICS = ("ndcg@10", "recall@20", "mrr", "success@5", "meeting@1")
SCORED_DEPTH = 100
PARTS = {  # what is added to what was there, by the signal that has both
    "the words of a turn": "bm25 of itself",
    "the exchange it ends": "bm25 of its exchange",
    "what goes on around it, meaning, who speaks": "itself in the first order",
    "its neighbours and its meeting": "first order",
}
SHIPPED = "the learned order"
DRAWS, SEED = 2_000, 7  # of the bootstrap, as the benchmark's scorer has them


def predict(folder: Path, encode: Encode | None = None) -> Run:
    """Answers every question of the folder; by words alone where there is no ``encode``.

    ``encode`` gives unit vectors of texts, shape (texts, dimensions). Raises BadInputError where
    the folder holds no corpus or no questions.
    """
    return [row for q, best, _ in _answers(folder, encode) for row in _rows(q, best)]


def parts(folder: Path, encode: Encode | None = None) -> dict[str, Run]:
    """What each part of the order brings: a run for each of ``PARTS``, the last as search gives it.

    All but the last order the same candidates, those that the first order finds.
    """
    out: dict[str, Run] = {name: [] for name in (*PARTS, SHIPPED)}
    for question, best, candidates in _answers(folder, encode):
        for name, signal in PARTS.items():
            out[name] += _rows(question, candidates(signal))
        out[SHIPPED] += _rows(question, best)
    return out


def _answers(folder: Path, encode: Encode | None) -> Iterator[tuple[Question, Scores, By]]:
    """Every question, its answer, and what orders the candidates by one signal."""
    corpus = list(_lines(folder / "corpus.jsonl"))
    questions = [q for path in _question_files(folder) for q in _lines(path)]
    with tempfile.TemporaryDirectory(prefix="matters-retrieval-") as home:
        rebuild(Path(home), _meetings(corpus, encode))
        with open_reader(Path(home)) as reader:
            ids = _turn_ids(reader)
            for question in questions:
                ranked = _ranked_for(reader, question, encode)
                best = zip(ranked.places.tolist(), ranked.scores.tolist(), strict=True)
                yield question, _named(ids, best), partial(_by_signal, ids, ranked)


def write(run: Run, out: Path) -> None:
    """Writes a run as TSV."""
    lines = ["qid\tdoc_id\tscore\n"]
    lines += [f"{qid}\t{doc}\t{score:.6f}\n" for qid, doc, score in run]
    out.write_text("".join(lines), encoding="utf-8")


def score(folder: Path, run: Run, split: str = "", setting: str = "") -> dict[str, Any] | None:
    """The figures of one split and setting, or of all there are; None where there are no answers.

    Keys without ``split`` or ``setting`` are nested: split, then setting.
    """
    splits = (
        [split] if split else [p.stem.removeprefix("queries-") for p in _question_files(folder)]
    )
    splits = [s for s in splits if (folder / f"qrels-{s}.tsv").exists()]
    if not splits:
        return None
    if split and setting:
        return _summary(folder, run, split, setting)
    settings = (setting,) if setting else SETTINGS
    return {s: {which: _summary(folder, run, s, which) for which in settings} for s in splits}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.exists():
        raise BadInputError(f"{path} is not there; a retrieval folder holds corpus and queries")
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _question_files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("queries-*.jsonl"))
    if not found:
        raise BadInputError(f"no queries-*.jsonl in {folder}; there is nothing to ask")
    return found


def _meetings(
    corpus: Sequence[Mapping[str, Any]], encode: Encode | None
) -> Iterator[ProcessedMeeting]:
    by_meeting: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for turn in corpus:
        by_meeting[turn["meeting"]].append(turn)
    for meeting_id, turns in by_meeting.items():
        yield _processed(meeting_id, turns, encode)


def _processed(
    meeting_id: str, turns: Sequence[Mapping[str, Any]], encode: Encode | None
) -> ProcessedMeeting:
    """A meeting of the corpus as if it had been recognised, a second a sentence."""
    voices = {s: f"V{n}" for n, s in enumerate(dict.fromkeys(t["speaker"] for t in turns), 1)}
    utterances: list[Utterance] = []
    sentences: list[Sentence] = []
    for turn in turns:
        at, voice = float(len(sentences)), voices[turn["speaker"]]
        texts = turn["sentences"] or [""]
        words = tuple(Word(text, at + n, at + n + 1) for n, text in enumerate(texts))
        utterances.append(Utterance(turn["doc_id"], voice, words))
        sentences += [
            Sentence(f"{turn['doc_id']}/s{n}", turn["doc_id"], voice, w.text, w.start_s, w.end_s)
            for n, w in enumerate(words)
        ]
    count = len(sentences)
    transcript = Transcript(
        meeting_id=meeting_id,
        recording_sha256=meeting_id,
        source="captions",
        engines=(Engine("captions", "benchmark"),),
        turns=(),
        utterances=tuple(utterances),
        sentences=tuple(sentences),
        attributions=tuple(_attribution(voice, s) for s, voice in voices.items()),
        coverage=Coverage(count, count, count, count, count, count, count, 0),
        version=meeting_id,
    )
    return _loaded(transcript, turns[0]["title"], encode)


def _loaded(transcript: Transcript, title: str, encode: Encode | None) -> ProcessedMeeting:
    vectors = np.empty((0, 0), dtype=np.float32)
    if encode is not None:
        vectors = encode([s.text for s in transcript.sentences])
        logger.info("vectors of %s are made", transcript.meeting_id)
    day = date(2000, 1, 1)  # the corpus names no days
    recordings = (Recording(transcript.meeting_id, transcript.recording_sha256),)
    meeting = Meeting(transcript.meeting_id, "", title, "", day, title, recordings=recordings)
    findings = FindingsVersion(transcript.version, (), (), transcript.version)
    engine = Engine("vectors", "benchmark")
    return ProcessedMeeting(meeting, (ProcessedTranscript(transcript, findings, vectors, engine),))


_IN_BRACKETS = re.compile(r"\(([^()]*)")


def _attribution(voice: str, speaker: str) -> Attribution:
    """Who the corpus says it is: a name, or ``The Chair (a name (…))``, or a role alone."""
    name = speaker.split("(")[0].strip()
    role = name.lower().startswith(("the ", "some ", "an ", "a "))
    inside = _IN_BRACKETS.search(speaker)
    if role:
        name = inside.group(1).strip() if inside else ""
    if not name:
        return Attribution(voice, speaker, "role only")
    return Attribution(voice, name, "named", name, 1.0, (Reason("corpus", "", 0.0, 1.0),))


def _turn_ids(reader: Reader) -> Mapping[int, str]:
    return dict(sql.run(reader.con, "utterance_ids").fetchall())


def _ranked_for(reader: Reader, question: Question, encode: Encode | None) -> Ranked:
    text = question["query"]
    return rank(
        reader,
        understood(reader, text),
        mode="words" if encode is None else "both",
        encode=None if encode is None else lambda t: encode([t])[0],
        filters=Filters(),
        allowed=None,
    )


def _by_signal(ids: Mapping[int, str], ranked: Ranked, signal: str) -> Scores:
    """The candidates in the order of one signal."""
    if ranked.why is None:
        return []
    values = ranked.why.seen[:, ranked.why.names.index(signal)]
    order = np.argsort(-values, kind="stable")
    best = zip(ranked.why.places[order].tolist(), values[order].tolist(), strict=True)
    return _named(ids, best)


def _named(ids: Mapping[int, str], best: Iterable[tuple[int, float]]) -> Scores:
    """Turns with their scores, as deep as is scored."""
    return [(ids[place], score) for place, score in islice(best, DEPTH) if score > 0]


def _rows(question: Question, best: Scores) -> Run:
    return [(question["qid"], doc, score) for doc, score in best]


def _summary(folder: Path, run: Run, split: str, setting: str) -> dict[str, Any]:
    """The means of a split under a setting, with the interval over meetings."""
    questions = {q["qid"]: q for q in _lines(folder / f"queries-{split}.jsonl")}
    relevant = _relevant(folder / f"qrels-{split}.tsv")
    ranked = _ranked(run, {d["doc_id"]: d["scored"] for d in _lines(folder / "corpus.jsonl")})
    per: dict[str, Mapping[str, float]] = {}
    for qid, q in questions.items():
        if setting == "archive" and not q["pooled"]:
            continue
        turns = ranked.get(qid, [])
        if setting == "meeting":
            turns = [t for t in turns if t.split("#")[0] == q["meeting"]]
        per[qid] = _figures(turns, relevant[qid], q["meeting"])
    wanted = [m for m in METRICS if m != "meeting@1" or setting == "archive"]
    out: dict[str, Any] = {"queries": len(per)}
    out |= {m: round(_mean(p[m] for p in per.values()), 4) for m in wanted}
    out["ci95"] = _interval(per, questions)
    out["ndcg@10 by tag"] = _by_tag(per, questions)
    return out


def _relevant(path: Path) -> Mapping[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8") as file:
        for line in file:
            qid, doc, rel = line.rstrip("\n").split("\t")
            if qid != "qid" and int(rel) > 0:
                out[qid].add(doc)
    return out


def _ranked(run: Run, scored: Mapping[str, bool]) -> Mapping[str, list[str]]:
    """The turns of each question that count, best first, each once."""
    rows: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for qid, doc, value in run:
        rows[qid].append((value, doc.split("/", 1)[0]))
    out = {}
    for qid, hits in rows.items():
        hits.sort(key=lambda h: -h[0])
        out[qid] = [d for d in dict.fromkeys(d for _, d in hits) if scored[d]]
    return out


def _figures(ranked: Sequence[str], relevant: set[str], meeting: str) -> Mapping[str, float]:
    ranked = ranked[:SCORED_DEPTH]
    hits = [d in relevant for d in ranked]
    gain = sum(1 / math.log2(i + 2) for i, hit in enumerate(hits[:10]) if hit)
    ideal = sum(1 / math.log2(i + 2) for i in range(min(10, len(relevant))))
    first = next((i for i, hit in enumerate(hits) if hit), None)
    return {
        "ndcg@10": gain / ideal,
        "recall@20": sum(hits[:20]) / min(20, len(relevant)),
        "mrr": 0.0 if first is None else 1 / (first + 1),
        "success@5": float(any(hits[:5])),
        "meeting@1": float(bool(ranked) and ranked[0].split("#")[0] == meeting),
    }


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return fmean(found) if found else float("nan")


def _interval(
    per: Mapping[str, Mapping[str, float]], questions: Mapping[str, Mapping[str, Any]]
) -> list[float]:
    """95 % of the mean ndcg@10 when whole meetings are drawn again and again."""
    groups: dict[str, list[float]] = defaultdict(list)
    for qid, figures in per.items():
        groups[questions[qid]["meeting"]].append(figures["ndcg@10"])
    drawn, rng = list(groups.values()), random.Random(SEED)  # noqa: S311 - a bootstrap, no secret
    means = sorted(
        _mean(v for group in rng.choices(drawn, k=len(drawn)) for v in group) for _ in range(DRAWS)
    )
    return [round(means[int(DRAWS * 0.025)], 4), round(means[int(DRAWS * 0.975)], 4)]


def _by_tag(
    per: Mapping[str, Mapping[str, float]], questions: Mapping[str, Mapping[str, Any]]
) -> dict[str, float]:
    out: dict[str, list[float]] = defaultdict(list)
    for qid, figures in per.items():
        for tag in questions[qid]["tags"]:
            out[tag].append(figures["ndcg@10"])
    return {tag: round(_mean(values), 4) for tag, values in sorted(out.items())}
