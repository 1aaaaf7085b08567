"""What ``search.py`` measures of an archive, each part in a process of its own.

``search``: fifty questions by words, in a tenth of the archive, of one speaker, by meaning, by both
with the question's vector made on the spot. ``recall``: of the exact nearest twenty. ``cold``: the
first search of a process whose file is out of memory, and the command as people type it.
``filters``: whether a filtered search gives all it could. ``phrases``: trends and concordances of
common and rare words. ``add``: one meeting more, by its parts. ``rebuild``: the archive made again;
its record, with every word, is read of some meetings and counted for all. ``server``: the memory of
``matters serve`` after pages of every kind. ``peers``: what others offer for the same searches.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import quote_plus

import httpx
import numpy as np
import pages
import peers
from made_archive import FIRST_DAY, SENTENCES, Speech, meeting, meetings, speech_of, worded

from models.vectors import query_encoder
from warehouse import nearest, publish, store, tokens
from warehouse.concordance import concordance
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.scope import scope
from warehouse.search import search
from warehouse.trends import trends

QUESTIONS, ADDED, FRESH_RUNS, NEAREST, PAGE = 50, 7, 3, 20, 101
LARGEST_REBUILT = 1_000_000  # sentences: more would only take more time
OF_THE_RECORD = 40  # meetings of which a record is written and read
SPEAKER = "Person 12 Of Aldermere"
Told = dict[str, Any]
FRESH = """
import sys, time
from pathlib import Path
import warehouse.search
from matters_arising.cli.search import find
from warehouse.query import Filters
loaded = time.perf_counter()
find(Path(sys.argv[1]), sys.argv[2], "words", Filters(), 20)
print((time.perf_counter() - loaded) * 1000)
"""


def size_of(home: Path, size: int, asked: Namespace) -> Told:
    """The file, by sentence."""
    count = max(1, size // SENTENCES) * SENTENCES
    return {"bytes_a_sentence": round((home / publish.LIVE_NAME).stat().st_size / count)}


def searching(home: Path, size: int, asked: Namespace) -> Told:
    """Fifty questions in every way, warm; the peak memory of a process after words alone."""
    speech = speech_of(asked.text, asked.vectors)
    questions = [speech.question() for _ in range(QUESTIONS)]
    vectors = {q: speech.vectors(1)[0] for q in questions}
    encode, tenth = query_encoder(), Filters(last=_tenth(size))
    out: Told = {}
    with open_reader(home) as reader:

        def ask(**more: Any) -> Callable[[str], object]:
            return lambda q: search(reader, q, k=NEAREST, **more)

        ways = {
            "words": ask(),
            "words, a tenth": ask(filters=tenth),
            "words, one speaker": ask(filters=Filters(speaker=SPEAKER)),
            "meaning": ask(mode="meaning", encode=vectors.get),
            "meaning, a tenth": ask(mode="meaning", encode=vectors.get, filters=tenth),
            "both": ask(mode="both", encode=encode),
        }
        for name, way in ways.items():
            way(questions[0])
            out[name] = _timed(way, questions)
            reader.index.allowed.clear()
            out.setdefault("peak_mb after words", _peak_mb("self"))
    return out


def _tenth(size: int) -> Any:
    return FIRST_DAY + timedelta(days=max(1, size // SENTENCES // 10))


def _timed(way: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    clock, cpu = [], []
    for question in questions:
        before = time.process_time()
        clock.append(_clocked(lambda q=question: way(q)))
        cpu.append((time.process_time() - before) * 1000)
    clock.sort()
    p95 = clock[int(0.95 * len(clock))]
    return {"p50": round(median(clock), 1), "p95": round(p95, 1), "cpu": round(median(cpu), 1)}


def _clocked(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return (time.perf_counter() - started) * 1000


def _peak_mb(process: int | str) -> int:
    told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", told)
    return round(int(found[1]) / 1024) if found else 0


def recall(home: Path, size: int, asked: Namespace) -> Told:
    """How many of the exact nearest twenty the passes find, all vectors compared."""
    speech = speech_of(asked.text, asked.vectors)
    with open_reader(home) as reader:
        rows = reader.con.execute("SELECT sid, vector FROM store.vector ORDER BY sid").fetchnumpy()
        exact = np.frombuffer(b"".join(rows["vector"]), np.int8).reshape(len(rows["sid"]), -1)
        wanted = [speech.vectors(1)[0] for _ in range(NEAREST)]
        shares = [_share(reader, exact, rows["sid"], vector) for vector in wanted]
    return {"recall@20": round(float(np.mean(shares)), 4)}


def _share(reader: Reader, exact: Any, sids: Any, vector: Any) -> float:
    near = []
    for some in np.array_split(exact, 1 + len(exact) // 100_000):
        floats = some.astype(np.float32)
        near.append(floats @ vector / np.linalg.norm(floats, axis=1))
    best = set(sids[np.argsort(-np.concatenate(near))[:NEAREST]].tolist())
    found = nearest.sentences(reader, vector, None, all_versions=False)
    return len(best & set(found.sids[np.argsort(-found.scores)[:NEAREST]].tolist())) / NEAREST


def cold(home: Path, size: int, asked: Namespace) -> Told:
    """The first search of a process, without its imports, and ``matters search`` by words."""
    question = speech_of(asked.text, asked.vectors).question()
    fresh = [sys.executable, "-c", FRESH, str(home), question]
    matters = str(Path(sys.executable).with_name("matters"))
    typed = [matters, "--home", str(home), "search", "--mode", "words", question]
    first, whole = [], []
    for _ in range(FRESH_RUNS):
        _drop(home)
        first.append(float(subprocess.check_output(fresh, text=True)))
        _drop(home)
        whole.append(_clocked(lambda: subprocess.run(typed, capture_output=True, check=True)))
    return {"first_search_ms": round(median(first), 1), "command_ms": round(median(whole), 1)}


def _drop(home: Path) -> None:
    """Lets go of what the system keeps of the file in memory."""
    path = publish.live_generation(home)
    assert path is not None
    handle = os.open(path, os.O_RDONLY)
    os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    os.close(handle)


def filters(home: Path, size: int, asked: Namespace) -> Told:
    """Searches that give fewer hits than there are matches and were asked for."""
    speech = speech_of(asked.text, asked.vectors)
    narrow = (Filters(last=_tenth(size)), Filters(speaker=SPEAKER), Filters(meeting="m000003"))
    short, asked_for, fewest = 0, 0, NEAREST
    with open_reader(home) as reader:
        for _ in range(QUESTIONS):
            question = " OR ".join(speech.question().split())  # in prose some words do not count
            for only in narrow:
                found = len(search(reader, question, filters=only, k=NEAREST, literal=True).hits)
                matches = _matches(reader, question, only)
                short += found != min(NEAREST, matches)
                asked_for, fewest = asked_for + 1, min(fewest, matches)
    return {"searches": asked_for, "short": short, "fewest matches": fewest}


def _matches(reader: Reader, question: str, only: Filters) -> int:
    """Sentences with one of the words, counted in another way than the search does it."""
    (count,) = reader.con.execute(
        "SELECT count(DISTINCT p.sid) "
        "FROM (FROM store.posting UNION ALL FROM store.posting_new) AS p "
        "JOIN store.sentence AS s ON s.sid = p.sid "
        "JOIN store.transcript AS t ON t.tid = s.tid "
        "JOIN store.meeting AS m ON m.meeting_id = t.meeting_id "
        "JOIN store.voices AS v ON v.tid = s.tid AND v.voice = s.voice "
        "WHERE list_contains($terms, p.term) AND t.preferred "
        "AND ($last::DATE IS NULL OR m.date <= $last::DATE) "
        "AND ($meeting = '' OR m.meeting_id = $meeting) "
        "AND ($speaker = '' OR v.label = $speaker)",
        {
            "terms": [tokens.term(w) for w in tokens.words(question.replace(" OR ", " "))],
            "last": only.last, "meeting": only.meeting, "speaker": only.speaker,
        },
    ).fetchone() or (0,)  # fmt: skip
    return int(count)


def phrases(home: Path, size: int, asked: Namespace) -> Told:
    """Trends, and a page of a concordance, of phrases, each asked once by a server that is warm.

    They are words of one sentence of many, the commonest first; the first of all, whose cost is
    that of the file being read for the first time, is told by itself.
    """
    out: Told = {}
    with open_reader(home) as reader:
        everything = Filters()
        for name, ask in (("trends", _trend), ("concordance", _page)):
            out[f"first {name}"] = round(_clocked(lambda a=ask: a(reader, "minister")), 1)
            for phrase in _phrases(asked):
                reader.index.kept.clear()
                before = time.process_time()
                took = _clocked(lambda a=ask, p=phrase: a(reader, p))
                cpu = (time.process_time() - before) * 1000
                out[f"{name} of {phrase!r}"] = {"ms": round(took, 1), "cpu": round(cpu, 1)}
            each = [v["ms"] for k, v in out.items() if k.startswith(f"{name} of")]
            out[f"slowest {name}"] = max(each)
        out["sentences"] = scope(reader, everything).searched.sentences
    return out


def _phrases(asked: Namespace) -> list[str]:
    if asked.text:
        return ["the", "people", "community", "this year", "infection", "public health"]
    words = Speech().words
    return [words[0], words[20], words[300], f"{words[40]} {words[41]}", words[5_000]]


def _trend(reader: Reader, phrase: str) -> object:
    return trends(reader, [phrase]), scope(reader, Filters())


def _page(reader: Reader, phrase: str) -> object:
    return list(islice(concordance(reader, phrase), PAGE)), scope(reader, Filters())


def adding(home: Path, size: int, asked: Namespace) -> Told:
    """One meeting more: indexed and committed; written out whole; copied and published."""
    speech = speech_of(asked.text, asked.vectors)
    speech.rng = np.random.default_rng(99)
    parts: dict[str, list[float]] = {}

    def noted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **more)
            finally:
                parts.setdefault(name, []).append((time.perf_counter() - started) * 1000)

        return run

    publish.private_copy = noted("copy", publish.private_copy)
    publish.publish = noted("publish", publish.publish)
    store._replace = noted("index and commit", store._replace)
    store._finish = noted("finish", store._finish)
    whole = []
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        shutil.copyfile(home / publish.LIVE_NAME, Path(folder) / publish.LIVE_NAME)
        for n in range(ADDED):
            made = meeting(speech, size // SENTENCES + 1 + n)
            whole.append(_clocked(lambda m=made: store.load(Path(folder), [m])))
    told = {name: round(median(taken), 1) for name, taken in parts.items()}
    moved = round((told["copy"] + told["publish"]) / 1000, 2)
    return {"load": round(median(whole), 1), "copy and publish_s": moved} | told


def rebuild(home: Path, size: int, asked: Namespace) -> Told:
    """The archive made again without models, and what reading its record adds."""
    if size > LARGEST_REBUILT:
        return {"left out": f"more than {LARGEST_REBUILT} sentences"}
    speech, count = speech_of(asked.text, asked.vectors), max(1, size // SENTENCES)
    few = min(count, 50)
    making = _clocked(lambda: list(meetings(speech_of(asked.text, asked.vectors), few))) / few
    with tempfile.TemporaryDirectory(dir=home.parent) as folder:
        again = Path(folder)
        built = _clocked(lambda: store.rebuild(again, meetings(speech, count))) - making * count
        shutil.rmtree(again / "few", ignore_errors=True)
        more = _of_the_record(speech, again / "few", min(count, OF_THE_RECORD)) * count
    return {
        "indexed_s": round(built / 1000, 1),
        "record_s": round(more / 1000, 1),
        "from_record_s": round((built + more) / 1000, 1),
    }


def _of_the_record(speech: Speech, home: Path, count: int) -> float:
    """Milliseconds that a meeting takes more from the record, with every word, than as it is made.

    ``matters rebuild`` itself is run, of some meetings.
    """
    from flows.load import rebuild as from_record
    from transcripts.record import Record

    made = list(meetings(speech, count))
    record = Record(home)
    for one in made:
        record.save(worded(one), "made up")
    from_record(home)  # imports
    whole = _clocked(lambda: from_record(home))
    return max(0.0, whole - _clocked(lambda: store.rebuild(home / "plain", made))) / count


def server(home: Path, size: int, asked: Namespace) -> Told:
    """The memory of ``matters serve`` after searches of every kind and pages of every kind."""
    speech = speech_of(asked.text, asked.vectors)
    process, address = pages.serve(home)
    try:
        started = _peak_mb(process.pid)
        with httpx.Client(base_url=address, timeout=120) as reader:
            for n in range(QUESTIONS):
                question = quote_plus(speech.question())
                mode = ("words", "both", "meaning")[n % 3]
                reader.get(f"/search?q={question}&mode={mode}").raise_for_status()
            for phrase in _phrases(asked):
                for page in ("trends", "concordance"):
                    reader.get(f"/{page}?q={quote_plus(phrase)}").raise_for_status()
            for paths in pages.kinds_of_page(address).values():
                for path in paths[:1]:  # of findings and the register these archives hold none
                    reader.get(path)
        return {"peak_mb": _peak_mb(process.pid), "started_mb": started}
    finally:
        process.terminate()
        process.wait(timeout=30)


def others(home: Path, size: int, asked: Namespace) -> Told:
    """The fts extension, tantivy and an exact scan of vectors, on the same sentences."""
    with tempfile.TemporaryDirectory(dir=home.parent) as scratch:
        speech = speech_of(asked.text, asked.vectors)
        return dict(peers.measured(home, Path(scratch), speech, size))


PARTS: dict[str, Callable[[Path, int, Namespace], Told]] = {
    "size": size_of,
    "search": searching,
    "cold": cold,
    "recall": recall,
    "filters": filters,
    "phrases": phrases,
    "add": adding,
    "server": server,
    "rebuild": rebuild,
    "peers": others,
}
