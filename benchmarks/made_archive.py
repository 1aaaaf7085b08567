"""Archives of any size for benchmarks: made-up speech, or real sentences varied.

``kept`` makes one in a folder, or takes the one that lies there. Made-up words follow the law that
real words do. Where a file of real sentences is given (JSON lines with ``sentences``), each
sentence is one of them with a sixth of its words replaced by words drawn as they occur; where their
vectors are given (``.npy``, a row a sentence of the file, in order), vectors are those with noise.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from matters_arising.errors import StoreError
from transcripts.meeting import Engine, Meeting, Recording
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    ProcessedMeeting,
    ProcessedTranscript,
    Transcript,
    content_hash,
)
from transcripts.words import Attribution, Reason, Sentence, Utterance, Word
from warehouse import publish, store
from warehouse.reader import open_reader
from warehouse.tokens import FORM

SENTENCES, PER_UTTERANCE, WORDS = 550, 4, 17  # of a meeting, of an utterance, of a sentence
VOCABULARY, SPEAKERS, DIMENSIONS = 60_000, 400, 384
REPLACED, NOISE = 0.16, 0.6
FIRST_DAY = date(2000, 1, 1)


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
        return _unit(self.rng.standard_normal((count, DIMENSIONS), dtype=np.float32))


class Varied(Speech):
    """Real sentences, a part of each replaced."""

    def __init__(self, text: Path, vectors: Path | None, seed: int = 1) -> None:
        self.rng = np.random.default_rng(seed)
        lines = (json.loads(line) for line in text.open(encoding="utf-8"))
        self.real = [s.split() for line in lines for s in line["sentences"] if s]
        counted = Counter(w for s in self.real for w in s)
        self.words = list(counted)
        self.chance = np.array(list(counted.values())) / sum(counted.values())
        self.known = np.load(vectors) if vectors else None
        self.told = [w for w, n in counted.items() if 3 <= n <= 300 and w.isalpha()]

    def sentences(self, count: int) -> list[str]:
        chosen = self.rng.integers(0, len(self.real), count)
        spare = iter(self.rng.choice(len(self.words), 40 * count, p=self.chance).tolist())
        out = []
        for n in chosen:
            real = self.real[n]
            dice = self.rng.random(len(real))
            out.append(
                " ".join(
                    self.words[next(spare)] if d < REPLACED else w
                    for w, d in zip(real, dice, strict=True)
                )
            )
        return out

    def question(self) -> str:
        """Three words that neither most nor hardly any sentences hold."""
        return " ".join(self.told[n] for n in self.rng.integers(0, len(self.told), 3))

    def vectors(self, count: int) -> NDArray[np.float32]:
        if self.known is None:
            return super().vectors(count)
        chosen = self.known[self.rng.integers(0, len(self.known), count)]
        noise = self.rng.standard_normal(chosen.shape, dtype=np.float32)
        return _unit(chosen + NOISE / chosen.shape[1] ** 0.5 * noise)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def kept(folder: Path, size: int, text: Path | None, vectors: Path | None) -> Path:
    """The home of an archive of so many sentences: the one in ``folder``, or one made there.

    Where the program's views have changed since, it gets those of now.
    """
    home = folder / f"{size}"
    count = max(1, size // SENTENCES)
    wanted = {
        "meetings": count, "text": text.name if text else "", "index": FORM,
        "vectors": vectors.name if vectors else "",
    }  # fmt: skip
    note = home / "made.json"
    if note.exists() and json.loads(note.read_text()) == wanted:
        try:
            open_reader(home).close()
        except StoreError:
            store.load(home, [])
            publish.prune(home, keep=1)
        return home
    started = time.perf_counter()
    store.rebuild(home, meetings(speech_of(text, vectors), count))
    publish.prune(home, keep=1)
    note.write_text(json.dumps(wanted) + "\n")
    print(f"made {size} sentences in {time.perf_counter() - started:.0f} s", file=sys.stderr)
    return home


def speech_of(text: Path | None, vectors: Path | None) -> Speech:
    """What is spoken: real sentences varied where there is a file of them."""
    return Varied(text, vectors) if text else Speech()


def worded(made: ProcessedMeeting) -> ProcessedMeeting:
    """The same meeting with every word and its time, as a recogniser leaves it in the record."""
    (part,) = made.transcripts
    utterances = tuple(
        replace(u, words=tuple(w for said in u.words for w in _words(said)))
        for u in part.transcript.utterances
    )
    transcript = replace(part.transcript, utterances=utterances)
    return replace(made, transcripts=(replace(part, transcript=transcript),))


def _words(said: Word) -> Iterator[Word]:
    texts = said.text.split()
    step = (said.end_s - said.start_s) / max(1, len(texts))
    for n, text in enumerate(texts):
        start_s = said.start_s + n * step
        yield Word(text, round(start_s, 3), round(start_s + step, 3), 0.9)


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
    said = Transcript(
        meeting_id=name,
        recording_sha256=name,
        source="speech",
        engines=(Engine("speech", "made up"),),
        turns=(),
        utterances=tuple(utterances),
        sentences=tuple(sentences),
        attributions=tuple(_voice(number, v) for v in range(8)),
        coverage=Coverage(3300, 3000, 2900, 9350, 9350, 9350, SENTENCES, 0),
        version=content_hash(name),
    )
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
