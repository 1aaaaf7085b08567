"""What openai-whisper and faster-whisper have in common: pieces of sound in, placed words out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from matters_arising.errors import BadInputError
from models.guards import AVERAGE_LOGPROB, COMPRESSION_RATIO, NO_SPEECH_PROB, Region
from models.protocols import SoundSource
from transcripts.words import Word

if TYPE_CHECKING:
    from models.protocols import Sound

LEAD_S = 0.2  # heard before the first region of a piece, so that no first consonant is cut
SEED = 0  # where an engine is unsure it samples; the same sound is to give the same words
SETTINGS: dict[str, str | int | float | bool | None] = {
    "word_timestamps": True,
    "condition_on_previous_text": True,
    "compression_ratio": COMPRESSION_RATIO,
    "avg_logprob": AVERAGE_LOGPROB,
    "no_speech_prob": NO_SPEECH_PROB,
    "lead_s": LEAD_S,
    "seed": SEED,
}

RawWord = tuple[
    str, float, float, float
]  # text as decoded, start and end in the piece, probability


def read_piece(sound: SoundSource, regions: Sequence[Region]) -> tuple[float, Sound]:
    """Where the sound of a piece starts, and its samples."""
    start_s = max(0.0, regions[0][0] - LEAD_S)
    return start_s, sound.read(start_s, regions[-1][1] + LEAD_S)


def joined_prompt(*parts: str) -> str | None:
    """One prompt of what there is; None for none, which is not the same as an empty one."""
    return " ".join(part.strip() for part in parts if part.strip()) or None


def placed_words(raw: Iterable[RawWord], start_s: float, end_s: float) -> tuple[Word, ...]:
    """Words with times of the recording, inside ``[start_s, end_s]``, none ending before it starts.

    A part without a space before it ("-up" of "follow-up", ",000" of "2,000") belongs to the
    word before; its confidence is that of its least certain part.
    """
    words: list[Word] = []
    for text, begins, ends, probability in raw:
        first = min(max(start_s + float(begins), start_s), end_s)
        last = min(max(start_s + float(ends), first), end_s)
        if words and not text.startswith(" "):
            words[-1] = _glued(words[-1], text, last, float(probability))
        elif text.strip():
            words.append(Word(text.strip(), first, last, float(probability)))
    return tuple(words)


def check_language(language: str, *, multilingual: bool, model: str) -> str | None:
    """The language to tell the engine; None lets it find out. English-only models know one."""
    if not multilingual and language not in ("", "en"):
        raise BadInputError(
            f"the model {model} knows English only and was asked for '{language}'; take the model "
            "of the same size without '.en'"
        )
    return language or None


def _glued(word: Word, text: str, end_s: float, probability: float) -> Word:
    known = probability if word.confidence is None else min(word.confidence, probability)
    return Word(word.text + text.strip(), word.start_s, max(word.end_s, end_s), known)
