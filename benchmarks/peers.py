"""What others offer for the same searches, on the same sentences: fts, tantivy, exact vectors."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import numpy as np

QUESTIONS, NEAREST = 50, 20
MOST_FLOATS = 1_000_000  # sentences whose vectors are copied out as floats


def measured(home: Path, scratch: Path, speech: Any, size: int) -> dict[str, Any]:
    """Milliseconds of each that is installed; what they build goes into ``scratch``."""
    questions = [speech.question() for _ in range(QUESTIONS)]
    held = duckdb.connect(str(home / "matters.duckdb"), read_only=True)
    out: dict[str, Any] = {}
    for name, ask in (("fts", _fts), ("tantivy", _tantivy), ("exact vectors", _vectors)):
        try:
            out[name] = ask(held, questions, speech, scratch)
        except (ImportError, duckdb.Error) as fault:
            out[name] = {"left out": str(fault).splitlines()[0]}
    return out


def _timed(ask: Callable[[str], object], questions: Sequence[str]) -> dict[str, float]:
    ask(questions[0])
    clock, cpu = [], []
    for question in questions:
        started, before = time.perf_counter(), time.process_time()
        ask(question)
        clock.append((time.perf_counter() - started) * 1000)
        cpu.append((time.process_time() - before) * 1000)
    clock.sort()
    p95 = clock[int(0.95 * len(clock))]
    return {"p50": round(median(clock), 1), "p95": round(p95, 1), "cpu": round(median(cpu), 1)}


def _fts(held: Any, questions: Sequence[str], speech: Any, scratch: Path) -> dict[str, Any]:
    found = find_spec("duckdb_extension_fts")
    if found is None or found.origin is None:
        raise ImportError("the wheel duckdb-extension-fts is not installed")
    (extension,) = Path(found.origin).parent.rglob("fts.duckdb_extension")
    con = duckdb.connect(str(scratch / "peer-fts.duckdb"))
    con.execute(f"LOAD '{extension}'")
    rows = held.execute("SELECT sid, text FROM store.sentence").to_arrow_table()
    con.from_arrow(rows).create("said")
    started = time.perf_counter()
    con.execute("PRAGMA create_fts_index('said', 'sid', 'text', stopwords='none')")
    built = time.perf_counter() - started
    ask = (
        "SELECT sid, text, fts_main_said.match_bm25(sid, ?) AS score FROM said "
        "WHERE score IS NOT NULL ORDER BY score DESC LIMIT 20"
    )
    told = _timed(lambda q: con.execute(ask, [q]).fetchall(), questions)
    return told | {"index anew for one meeting more_s": round(built, 1)}


def _tantivy(held: Any, questions: Sequence[str], speech: Any, scratch: Path) -> dict[str, Any]:
    import tantivy

    build = tantivy.SchemaBuilder()
    build.add_unsigned_field("sid", stored=True)
    build.add_text_field("text", stored=True, tokenizer_name="en_stem")
    folder = scratch / "peer-tantivy"
    folder.mkdir()
    index = tantivy.Index(build.build(), path=str(folder))
    writer = index.writer(200_000_000, 1)
    reader = held.execute("SELECT sid, text FROM store.sentence")
    while rows := reader.fetchmany(10_000):
        for sid, text in rows:
            writer.add_document(tantivy.Document(sid=sid, text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(question: str) -> object:
        query = index.parse_query(question, ["text"])
        return [searcher.doc(at) for _, at in searcher.search(query, NEAREST).hits]

    told = _timed(ask, questions)
    started = time.perf_counter()
    for n, text in enumerate(speech.sentences(550)):
        writer.add_document(tantivy.Document(sid=10**8 + n, text=text))
    writer.commit()
    return told | {"one meeting more": round((time.perf_counter() - started) * 1000, 1)}


def _vectors(held: Any, questions: Sequence[str], speech: Any, scratch: Path) -> dict[str, Any]:
    (count,) = held.execute("SELECT count(*) FROM store.vector").fetchone()
    if count > MOST_FLOATS * 1.2:
        raise ImportError(f"{count} vectors as floats are too many for this machine's disk")
    con = duckdb.connect(str(scratch / "peer-vectors.duckdb"))
    con.execute("CREATE TABLE near (sid UINTEGER, vector FLOAT[384])")
    reader = held.execute("SELECT sid, vector FROM store.vector ORDER BY sid")
    while rows := reader.fetchmany(20_000):
        floats = np.frombuffer(b"".join(v for _, v in rows), np.int8).astype(np.float32)
        floats = floats.reshape(len(rows), -1)
        floats /= np.maximum(np.linalg.norm(floats, axis=1, keepdims=True), 1e-9)
        _append(con, [sid for sid, _ in rows], floats)
    vectors = {q: speech.vectors(1)[0].tolist() for q in questions}
    ask = (
        "SELECT sid, array_inner_product(vector, $q::FLOAT[384]) AS score FROM near "
        "ORDER BY score DESC LIMIT 20"
    )
    return _timed(lambda q: con.execute(ask, {"q": vectors[q]}).fetchall(), questions[:20])


def _append(con: Any, sids: Sequence[int], floats: Any) -> None:
    import pyarrow as pa

    column = pa.FixedSizeListArray.from_arrays(pa.array(floats.ravel()), floats.shape[1])
    con.from_arrow(pa.table({"sid": pa.array(sids, pa.uint32()), "vector": column})).insert_into(
        "near"
    )
