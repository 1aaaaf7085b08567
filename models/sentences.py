"""Sentences: what search and findings point at. Each word of an utterance is in exactly one.

Text with punctuation is cut by spaCy's rules; text without (sphinx and some captions) where the
speaker pauses. The text of a sentence is its words joined by one space, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from transcripts.words import Sentence, Utterance, Word

PAUSE_S = 0.35
SHORTEST = 3  # words; a shorter stretch between two pauses stays with the one before
LONGEST = 40  # words without a stop; beyond this the longest pause cuts
LONGEST_PUNCTUATED = 80
STOPS = (".", "!", "?", "…")
ABBREVIATIONS = (
    "Cllr.", "Cllrs.", "Coun.", "Ald.", "Hon.", "Rt.", "Rev.", "Insp.", "Supt.", "Sgt.", "Cmdr.",
    "Capt.", "Para.", "para.", "paras.", "No.", "no.", "nos.", "approx.", "dept.", "Dept.", "Sec.",
    "sec.", "St.", "Ms.", "Mx.", "Mme.", "fig.", "p.", "pp.",
)  # fmt: skip


def sentences(utterances: Sequence[Utterance]) -> list[Sentence]:
    """The sentences of all utterances in order; ids are the utterance's with a number."""
    return [s for u in utterances for s in _of_one(u)]


def _of_one(utterance: Utterance) -> list[Sentence]:
    words = utterance.words
    if any(w.text.rstrip("\"')]”’").endswith(STOPS) for w in words):
        cuts, longest = by_stops([w.text for w in words]), LONGEST_PUNCTUATED
    else:
        cuts, longest = by_pauses(words), LONGEST
    bounds = [
        b for a, b in pairwise([0, *cuts, len(words)]) for b in _cut_long(words, a, b, longest)
    ]
    return [_sentence(utterance, i, words[a:b]) for i, (a, b) in enumerate(pairwise([0, *bounds]))]


def _sentence(utterance: Utterance, number: int, words: Sequence[Word]) -> Sentence:
    return Sentence(
        id=f"{utterance.id}/{number}",
        utterance_id=utterance.id,
        voice=utterance.voice,
        text=" ".join(w.text for w in words),
        start_s=words[0].start_s,
        end_s=max(words[0].start_s, *(w.end_s for w in words)),
        item=utterance.item,
    )


def by_stops(texts: Sequence[str]) -> list[int]:
    """Indices of words that begin a sentence, without 0; abbreviations do not end one."""
    starts: list[int] = []
    position, offsets = 0, {}
    for i, text in enumerate(texts):
        offsets[position] = i
        position += len(text) + 1
    for sentence in _spacy()(" ".join(texts)).sents:
        at = offsets.get(sentence.start_char)
        if at:
            starts.append(at)
    return starts


def by_pauses(words: Sequence[Word]) -> list[int]:
    """Indices of words that follow a pause, without 0 and without leaving crumbs."""
    starts: list[int] = []
    for i in range(1, len(words)):
        paused = words[i].start_s - words[i - 1].end_s >= PAUSE_S
        if paused and i - (starts[-1] if starts else 0) >= SHORTEST and len(words) - i >= SHORTEST:
            starts.append(i)
    return starts


def _cut_long(words: Sequence[Word], start: int, end: int, longest: int) -> list[int]:
    """Where the pieces of ``words[start:end]`` end, none longer than ``longest``."""
    if end - start <= longest:
        return [end]
    inner = range(start + SHORTEST, end - SHORTEST + 1)
    middle = (start + end) / 2
    at = max(
        inner, key=lambda i: (round(words[i].start_s - words[i - 1].end_s, 2), -abs(i - middle))
    )
    return _cut_long(words, start, at, longest) + _cut_long(words, at, end, longest)


@lru_cache(maxsize=1)
def _spacy() -> Any:
    # spaCy takes seconds to import, so it waits until there is punctuated text to cut
    import spacy

    nlp = spacy.blank("en")
    nlp.max_length = 10_000_000
    nlp.add_pipe("sentencizer")
    for text in ABBREVIATIONS:
        nlp.tokenizer.add_special_case(text, [{"ORTH": text}])
    return nlp
