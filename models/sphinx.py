"""Recognition by pocketsphinx, whose model lies in its wheel: what hears where nothing else can."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from models.protocols import SoundSource
from transcripts.meeting import Engine
from transcripts.processed import Gap
from transcripts.whole import sha256_of
from transcripts.words import Segment, Word

if TYPE_CHECKING:
    from models.protocols import Sound

Region = tuple[float, float]

FRAMES_A_SECOND = 100
# The ends of words lie outside what a voice detector calls speech, and the language model wants
# whole sentences. Against 0.15 and 0.3 s, real voices gain (one clip from 45 to 23 % of words
# wrong) what synthetic ones lose (half a point).
PAD_S = 0.3
JOIN_S = 1.0
LONGEST_S = 30.0
ALTERNATIVE = re.compile(r"\(\d+\)$")  # "the(2)" is "the", pronounced the other way


class SphinxSpeech:
    """pocketsphinx with its own US English model and a few words of the council chamber.

    Nothing of one region is carried to the next, so a piece gives the same words in whichever
    process and order it is recognised. The decoder holds Python's lock: use processes.
    """

    def __init__(self, *, vocabulary: Path | None = None) -> None:
        # A C library with 30 MB of model, 0.3 s: loaded only where it is to recognise.
        from pocketsphinx import Decoder

        vocabulary = vocabulary or council_vocabulary()
        self.decoder = Decoder(loglevel="FATAL")
        _add_words(self.decoder, vocabulary)
        self.engine = sphinx_engine(vocabulary=vocabulary)

    def recognise(
        self, sound: SoundSource, regions: Sequence[Region], prompt: str = ""
    ) -> list[Segment]:
        """Words of these regions, a segment a stretch of speech; ``prompt`` cannot be used."""
        segments = []
        for start_s, end_s in joined(regions, sound.duration_s):
            words = tuple(self._words(sound.read(start_s, end_s), start_s))
            if words:
                segments.append(Segment(words))
        return segments

    def recognise_with_gaps(
        self, sound: SoundSource, regions: Sequence[Region], prompt: str = ""
    ) -> tuple[list[Segment], list[Gap]]:
        """As ``recognise``; this engine leaves nothing out, so there are no gaps."""
        return self.recognise(sound, regions, prompt), []

    def _words(self, samples: Sound, start_s: float) -> Iterator[Word]:
        decoder = self.decoder
        decoder.reinit_feat()  # or the noise level of what was heard before would be carried over
        decoder.start_utt()
        # The whole stretch at once, so that its cepstral mean is its own and of all of it.
        decoder.process_raw(_pcm(samples), full_utt=True)
        decoder.end_utt()
        for found in decoder.seg():
            if found.word[0] not in "<[+":  # <s>, <sil>, [NOISE], ++UH++
                yield Word(
                    ALTERNATIVE.sub("", found.word),
                    round(start_s + found.start_frame / FRAMES_A_SECOND, 3),
                    round(start_s + (found.end_frame + 1) / FRAMES_A_SECOND, 3),
                    round(min(1.0, found.prob), 4),
                )


def sphinx_engine(*, vocabulary: Path | None = None) -> Engine:
    """What ``SphinxSpeech`` is, told without loading it."""
    return Engine(
        task="speech",
        name="sphinx",
        version=version("pocketsphinx"),
        model="en-us",
        model_sha256=sphinx_sha256(),
        settings={
            "vocabulary_sha256": sha256_of(vocabulary or council_vocabulary()),
            "pad_s": PAD_S,
            "join_s": JOIN_S,
            "longest_s": LONGEST_S,
        },
    )


def joined(regions: Sequence[Region], duration_s: float) -> list[Region]:
    """Regions with a margin, those with hardly a pause between them made one."""
    stretches: list[Region] = []
    for start_s, end_s in regions:
        last = stretches[-1] if stretches else None
        if last and start_s - last[1] < JOIN_S and end_s - last[0] < LONGEST_S:
            stretches[-1] = (last[0], end_s)
        else:
            stretches.append((start_s, end_s))
    middles = [(a[1] + b[0]) / 2 for a, b in pairwise(stretches)]
    starts, ends = [0.0, *middles], [*middles, duration_s]  # so that margins do not overlap
    return [
        (max(low, start_s - PAD_S), min(high, end_s + PAD_S))
        for (start_s, end_s), low, high in zip(stretches, starts, ends, strict=False)
    ]


def council_vocabulary() -> Path:
    """The words councils say which the wheel's dictionary or language model lacks."""
    return Path(str(files("models") / "vocabulary" / "council.dict"))


@cache
def sphinx_sha256() -> str:
    """One hash over the files of the wheel's model."""
    folder = Path(str(files("pocketsphinx") / "model" / "en-us"))
    whole = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        whole.update(f"{path.relative_to(folder)} {sha256_of(path)}\n".encode())
    return whole.hexdigest()


def _add_words(decoder: Any, vocabulary: Path) -> None:
    """Teach the decoder these words, as likely as any rare one; no other word changes."""
    language = decoder.get_lm()
    lines = vocabulary.read_text(encoding="utf-8").splitlines()
    for line in lines:
        word, _, sounds = line.partition(" ")
        if decoder.lookup_word(word):  # pronounced already, but strange to the language model
            language.add_word(word, 1.0)
        else:
            decoder.add_word(word, sounds.strip(), update=line == lines[-1])


def _pcm(samples: Sound) -> bytes:
    return (np.clip(samples, -1.0, 1.0) * 32767).astype(np.int16).tobytes()
