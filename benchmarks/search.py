"""Claim: searching and adding a meeting hardly cost more as the archive grows tenfold.

    python benchmarks/search.py [SENTENCES …]

For each size (10,000, 100,000 and 1,000,000 unless given) builds an archive of made-up speech
whose words follow the law that real words do, and measures, in milliseconds: search by words, by
words in a tenth of the archive, by an exact phrase, by both words and meaning, in a process that
has the archive open; the first search of a fresh process; adding one meeting of 550 sentences. The
peer is the plain scan: DuckDB reads every sentence and counts the words that it shares with the
question. Processor time stands beside the clock's: on a busy machine only it compares. Prints one
JSON object.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from transcripts.meeting import Engine, Meeting, Recording
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
)
from transcripts.words import Attribution, Reason, Sentence, Utterance, Word
from warehouse import store
from warehouse.query import Filters
from warehouse.reader import Reader, open_reader
from warehouse.search import search

SENTENCES, PER_UTTERANCE, WORDS = 550, 4, 17  # of a meeting, of an utterance, of a sentence
VOCABULARY, SPEAKERS, DIMENSIONS = 60_000, 400, 384
FIRST_DAY = date(2020, 1, 1)
SCAN = """
SELECT text, len(list_intersect(string_split(lower(text), ' '), $words)) AS shared
FROM sentences WHERE preferred ORDER BY shared DESC LIMIT 10
"""
FRESH = """
import sys, time
started = time.perf_counter()
from pathlib import Path
from warehouse.reader import open_reader
from warehouse.search import search
with open_reader(Path(sys.argv[1])) as reader:
    search(reader, sys.argv[2])
print((time.perf_counter() - started) * 1000)
"""


class Speech:
    """Made-up speech, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = np.random.default_rng(seed)
        letters = np.array(list("bcdfghjklmnprstvaeiou"))
        made = self.rng.choice(letters, size=(VOCABULARY, 8))
        self.words = ["".join(w[: 3 + n % 6]) + str(n) * (n % 97 == 0) for n, w in enumerate(made)]
        chance = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.07
        self.chance = chance / chance.sum()

    def sentences(self, count: int) -> list[str]:
        """Sentences of about seventeen words."""
        lengths = self.rng.integers(WORDS - 10, WORDS + 11, count)
        drawn = iter(self.rng.choice(VOCABULARY, size=int(lengths.sum()), p=self.chance).tolist())
        return [" ".join(self.words[next(drawn)] for _ in range(n)) for n in lengths]

    def question(self) -> str:
        """Three words, neither the commonest nor the rarest."""
        return " ".join(self.words[n] for n in self.rng.integers(30, 3_000, 3))

    def vectors(self, count: int) -> NDArray[np.float32]:
        """Unit vectors."""
        made = self.rng.standard_normal((count, DIMENSIONS), dtype=np.float32)
        return made / np.linalg.norm(made, axis=1, keepdims=True)


def meetings(speech: Speech, count: int, first: int = 0) -> Iterator[ProcessedMeeting]:
    """Meetings, a day apart, of eight speakers each."""
    for number in range(first, first + count):
        yield meeting(speech, number)


def meeting(speech: Speech, number: int) -> ProcessedMeeting:
    """One meeting of 550 sentences."""
    name = f"m{number:06d}"
    texts = speech.sentences(SENTENCES)
    sentences, utterances = [], []
    for n in range(0, SENTENCES, PER_UTTERANCE):
        voice, uid = f"V{n // PER_UTTERANCE % 8}", f"u{n:04d}"
        own = texts[n : n + PER_UTTERANCE]
        words = tuple(Word(t, (n + i) * 6.0, (n + i) * 6.0 + 5) for i, t in enumerate(own))
        utterances.append(Utterance(uid, voice, words))
        sentences += [
            Sentence(f"s{n + i:04d}", uid, voice, w.text, w.start_s, w.end_s)
            for i, w in enumerate(words)
        ]
    voices = tuple(_voice(number, v) for v in range(8))
    coverage = Coverage(3300, 3000, 2900, 9350, 9350, 9350, SENTENCES, 0)
    said = Transcript(
        name, name, "speech", (Engine("speech", "made up"),), (), tuple(utterances),
        tuple(sentences), voices, coverage, name,
    )  # fmt: skip
    held = Meeting(
        name, "Aldermere Borough Council", "Scrutiny Committee", "SC",
        FIRST_DAY + timedelta(days=number), recordings=(Recording(f"{name}.opus", name),),
    )  # fmt: skip
    part = ProcessedTranscript(
        said, FindingsVersion(name, (), (), name), speech.vectors(SENTENCES),
        Engine("vectors", "made up"),
    )  # fmt: skip
    return ProcessedMeeting(held, (part,))


def _voice(meeting_number: int, voice: int) -> Attribution:
    name = f"Person {(meeting_number * 8 + voice) % SPEAKERS} Of Aldermere"
    return Attribution(f"V{voice}", name, "named", name, 1.0, (Reason("roster", name, 0.0, 1.0),))


def timed(
    action: Callable[[], object], times: int = 1, clock: Callable[[], float] = time.perf_counter
) -> float:
    """Median milliseconds of a call."""
    taken = []
    for _ in range(times):
        started = clock()
        action()
        taken.append((clock() - started) * 1000)
    return round(median(taken), 1)


def measured(size: int) -> dict[str, float]:
    """All figures of one size."""
    speech, count = Speech(), max(1, size // SENTENCES)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        out: dict[str, float] = {"sentences": count * SENTENCES}
        out["build_s"] = round(
            timed(lambda: store.rebuild(home, meetings(speech, count))) / 1000, 1
        )
        out["file_mb"] = round((home / "matters.duckdb").stat().st_size / 1e6, 1)
        fresh = [sys.executable, "-c", FRESH, str(home), speech.question()]
        runs = [subprocess.run(fresh, capture_output=True, text=True, check=True) for _ in range(3)]
        out["fresh_process_ms"] = round(median(float(r.stdout) for r in runs), 1)
        with open_reader(home) as reader:
            out |= _searches(reader, speech, count)
        added = [meeting(speech, count + n) for n in range(3)]
        out["add_a_meeting_ms"] = median(
            timed(lambda m=m: store.load(home, [m]))
            for m in added  # type: ignore[misc]
        )
        return out


def _searches(reader: Reader, speech: Speech, meetings_held: int) -> dict[str, float]:
    last = FIRST_DAY + timedelta(days=max(1, meetings_held // 10))
    vector = speech.vectors(1)[0]
    search(reader, speech.question(), mode="both", encode=lambda _: vector)  # fills memory once
    some = Filters(last=last)
    ask = {
        "words": lambda: search(reader, speech.question()),
        "words_in_a_tenth": lambda: search(reader, speech.question(), filters=some),
        "phrase": lambda: search(reader, f'"{speech.words[0]} {speech.words[1]}"'),
        "both": lambda: search(reader, speech.question(), mode="both", encode=lambda _: vector),
        "plain_scan": lambda: reader.con.execute(
            SCAN, {"words": speech.question().split()}
        ).fetchall(),
    }
    wall = {f"{name}_ms": timed(call, 11) for name, call in ask.items()}
    cpu = {f"{name}_cpu_ms": timed(call, 11, time.process_time) for name, call in ask.items()}
    return wall | cpu


def main() -> None:
    """Prints one JSON object."""
    sizes = [int(a) for a in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    found = []
    for size in sizes:
        found.append(measured(size))
        print(found[-1], file=sys.stderr)
    print(json.dumps({"search": found}, indent=1))


if __name__ == "__main__":
    main()
