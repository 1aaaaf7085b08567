"""Which recognised words were invented: Whisper writes fluent sentences where nothing was said.

Pure functions on plain data. What they take away is never silent: each stretch comes back as a
gap with its reason. They take away as little as they can: of a loop the first time is kept, and
a confident sentence stays even where the speech detector heard nobody (quiet talkers are its
weakness).
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from transcripts.coverage import SLOWEST_WORD_S
from transcripts.processed import Gap
from transcripts.words import Segment, Utterance, Word

Region = tuple[float, float]

# openai-whisper's own thresholds (whisper.transcribe, Radford et al. 2022, section 4.5)
COMPRESSION_RATIO = 2.4
AVERAGE_LOGPROB = -1.0
NO_SPEECH_PROB = 0.6

# Ours. A phrase of so many words said so many times on end is a loop; the numbers lie above what
# a roll call, a "yes, yes, yes" or three cheers brings.
LOOP_TIMES = {1: 9, 2: 6, 3: 5}
LOOP_TIMES_LONG = 4
LOOP_LONGEST = 16  # words of the longest phrase looked for
NEAR_VOICE_S = 1.0  # regions begin late and end early, and word times drift
VOICED_SHARE = 0.5
SURE_WITHOUT_VOICE = 0.8  # mean word confidence that outweighs the speech detector
FASTEST_WORDS_S, FASTEST_LEAST = 12.0, 5  # the quickest speakers reach about six words a second

SILENT = "words where the engine itself heard no speech, left out"
REPEATING = "text that repeats itself too much to have been said, left out"
LOOPING = "the same words over and over, kept once"
VOICELESS = "words where no voice was found, left out"
STRETCHED = "too few words for so much time, left out"
REPEATED = "the same words over and over: all are kept, but perhaps not all were said"
DRAWN_OUT = "too few words for so much time: perhaps not all that was said is there"
SQUEEZED = "too many words for so little time, left out"


@dataclass(frozen=True, slots=True)
class Heard:
    """One segment as an engine of the Whisper kind gives it; times already of the recording.

    The three figures are those of the whole window of sound that the segment is part of.
    """

    words: tuple[Word, ...]
    no_speech_prob: float = 0.0
    avg_logprob: float = 0.0
    compression_ratio: float = 1.0

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def keep_spoken(
    heard: Sequence[Heard], regions: Sequence[Region]
) -> tuple[list[Segment], list[Gap]]:
    """The segments that were said, in order, and a gap for each stretch taken away."""
    heard = [segment for segment in heard if segment.words]
    kept: list[Segment] = []
    gaps: list[Gap] = []
    for segment, again in zip(heard, _looped(heard), strict=True):
        once = tuple(w for w, off in zip(segment.words, again, strict=True) if not off)
        why = why_invented(replace(segment, words=once), regions) if once else ""
        if once and not why:
            kept.append(Segment(once))
        lost = [w for w, off in zip(segment.words, again, strict=True) if why or off]
        if lost:
            gaps.append(Gap(lost[0].start_s, max(w.end_s for w in lost), why or LOOPING))
    return kept, _joined(gaps)


def in_doubt(spoken: Sequence[Utterance]) -> list[Gap]:
    """The stretches whose words, of whatever source, are as those of a loop or drawn out in time.

    Nothing is taken away: captions may be right, and what only looks odd is told.
    """
    found: list[Gap] = []
    for _, turn in groupby(spoken, key=lambda u: u.voice):
        words = [word for utterance in turn for word in utterance.words]
        again = looped([word.text for word in words])
        found += [
            Gap(w.start_s, w.end_s, REPEATED) for w, off in zip(words, again, strict=True) if off
        ]
    drawn_out = (w for u in spoken for w in u.words if is_stretched(Heard((w,))))
    return [*_joined(found), *_joined([Gap(w.start_s, w.end_s, DRAWN_OUT) for w in drawn_out])]


def why_invented(segment: Heard, regions: Sequence[Region]) -> str:
    """Why a segment was not said as written, or "" where nothing speaks against it."""
    checks = {
        SILENT: is_silent(segment),
        REPEATING: is_repeating(segment),
        VOICELESS: is_voiceless(segment, regions),
        STRETCHED: is_stretched(segment),
        SQUEEZED: is_squeezed(segment),
    }
    return next((why for why, found in checks.items() if found), "")


def is_silent(segment: Heard) -> bool:
    """Whether the engine took the window for silence and was unsure of its words too."""
    return segment.no_speech_prob > NO_SPEECH_PROB and segment.avg_logprob < AVERAGE_LOGPROB


def is_repeating(segment: Heard) -> bool:
    """Whether the window compresses too well and this segment is of that part of it."""
    own = compression_ratio(segment.text)
    return segment.compression_ratio > COMPRESSION_RATIO and own > COMPRESSION_RATIO


def is_voiceless(segment: Heard, regions: Sequence[Region]) -> bool:
    """Whether most words lie where nobody speaks and the engine is not very sure of them."""
    near = sum(_is_near(word, regions) for word in segment.words)
    if near >= VOICED_SHARE * len(segment.words):
        return False
    known = [word.confidence for word in segment.words if word.confidence is not None]
    sure = bool(known) and sum(known) / len(known) >= SURE_WITHOUT_VOICE
    return segment.no_speech_prob > NO_SPEECH_PROB or not sure


def is_stretched(segment: Heard) -> bool:
    """Whether the words fill far more time than anybody takes for them."""
    spoken_s = sum(word.end_s - word.start_s for word in segment.words)
    return spoken_s > SLOWEST_WORD_S * len(segment.words)


def is_squeezed(segment: Heard) -> bool:
    """Whether there are more words than anybody can say in the time."""
    length_s = max(word.end_s for word in segment.words) - segment.words[0].start_s
    count = len(segment.words)
    return count >= FASTEST_LEAST and count > FASTEST_WORDS_S * length_s


def compression_ratio(text: str) -> float:
    """How many times smaller a text becomes, as openai-whisper counts it."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 1.0


def looped(words: Sequence[str]) -> list[bool]:
    """Which words only repeat a phrase that was just said, all but its first time.

    Works over the borders of segments, because a loop often makes each time a segment.
    """
    plain = [word.strip(".,;:!?…\"'").casefold() for word in words]
    again = [False] * len(plain)
    at = 0
    while at < len(plain):
        length, times = _loop_at(plain, at)
        if times:
            again[at + length : at + length * times] = [True] * (length * (times - 1))
        at += max(1, length * times)
    return again


def _loop_at(words: list[str], at: int) -> tuple[int, int]:
    """Length of the phrase that loops from here and how often it is said; (0, 0) for none."""
    for length in range(1, LOOP_LONGEST + 1):
        phrase = words[at : at + length]
        times = 1
        while words[at + times * length : at + (times + 1) * length] == phrase and phrase:
            times += 1
        if times >= LOOP_TIMES.get(length, LOOP_TIMES_LONG):
            return length, times
    return 0, 0


def _looped(heard: Sequence[Heard]) -> list[list[bool]]:
    flags = iter(looped([word.text for segment in heard for word in segment.words]))
    return [[next(flags) for _ in segment.words] for segment in heard]


def _is_near(word: Word, regions: Sequence[Region]) -> bool:
    middle = (word.start_s + word.end_s) / 2
    return any(start - NEAR_VOICE_S <= middle <= end + NEAR_VOICE_S for start, end in regions)


def _joined(gaps: Sequence[Gap]) -> list[Gap]:
    """Neighbouring gaps of one reason as one."""
    joined: list[Gap] = []
    for gap in gaps:
        last = joined[-1] if joined else None
        if last and last.why == gap.why and gap.start_s - last.end_s <= NEAR_VOICE_S:
            joined[-1] = Gap(last.start_s, max(last.end_s, gap.end_s), gap.why)
        else:
            joined.append(gap)
    return joined
