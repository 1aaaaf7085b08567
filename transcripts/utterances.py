"""Words to voices without loss: every word that goes in comes out, in one utterance.

Sound and text rarely agree to the tenth of a second, so a word belongs to the voice that covers
most of it, to the nearest one where none does, and to ``UNKNOWN_VOICE`` where none is near.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise

from transcripts.voiceless import Reasons
from transcripts.words import UNKNOWN_VOICE, Segment, Turn, Utterance, Word

Whose = tuple[str, str]  # a voice, and why there is none where there is none
NEAREST_S = 0.5  # how far from a turn a word may lie and still belong to it
BREAK_S = 2.0  # a silence longer than this ends an utterance though the voice goes on


def utterances(
    segments: Sequence[Segment],
    turns: Sequence[Turn],
    *,
    prefix: str,
    reasons: Reasons | None = None,
) -> list[Utterance]:
    """The words of all segments, split where the voice changes; ids are ``prefix:milliseconds``.

    ``reasons`` knows why a word that no turn covers has no voice, and whether a log made the turns.
    """
    reasons = reasons or Reasons()
    voices = Voices(turns, last_has_it=reasons.by_log)
    marked: list[tuple[Word, Whose, bool]] = []
    for segment in segments:
        for i, word in enumerate(segment.words):
            voice = voices.of(word)
            whose = (voice, reasons.of(word) if voice == UNKNOWN_VOICE else "")
            marked.append((word, whose, i == 0 and segment.new_speaker))
    return _with_ids(_runs(marked), prefix)


class Voices:
    """Answers which voice a word belongs to, in time that does not grow with the meeting.

    Where turns overlap and cover a word alike it is the first one's: it goes on while another is
    heard. With ``last_has_it`` it is that of the one who began last, as where a chair's microphone
    stays open while others speak.
    """

    def __init__(self, turns: Sequence[Turn], *, last_has_it: bool = False) -> None:
        self._last_has_it = last_has_it
        self._turns = sorted(turns, key=lambda t: (t.start_s, t.end_s, t.voice))
        self._starts = [t.start_s for t in self._turns]
        self._longest = max((t.length_s for t in self._turns), default=0.0)

    def of(self, word: Word) -> str:
        """The voice with most overlap, else the nearest within half a second."""
        near = self._around(word.start_s, word.end_s)
        if self._last_has_it:
            near.reverse()
        covered: dict[str, float] = {}
        for turn in near:
            shared = min(turn.end_s, word.end_s) - max(turn.start_s, word.start_s)
            if shared > 0:
                covered[turn.voice] = covered.get(turn.voice, 0.0) + shared
        if covered:
            return max(covered, key=lambda v: covered[v])
        gaps = [(max(t.start_s - word.end_s, word.start_s - t.end_s), t.voice) for t in near]
        return min(gaps, default=(0.0, UNKNOWN_VOICE))[1]

    def shares(self, start_s: float, end_s: float) -> dict[str, float]:
        """Seconds of ``[start_s, end_s)`` that each voice covers."""
        covered: dict[str, float] = {}
        for turn in self._around(start_s, end_s):
            shared = min(turn.end_s, end_s) - max(turn.start_s, start_s)
            if shared > 0:
                covered[turn.voice] = covered.get(turn.voice, 0.0) + shared
        return covered

    def _around(self, start_s: float, end_s: float) -> list[Turn]:
        """Turns that touch the span or come within reach of it."""
        first = bisect_left(self._starts, start_s - NEAREST_S - self._longest)
        last = bisect_left(self._starts, end_s + NEAREST_S)
        return [t for t in self._turns[first:last] if t.end_s > start_s - NEAREST_S]


def _runs(marked: Iterable[tuple[Word, Whose, bool]]) -> list[tuple[Whose, list[Word]]]:
    """Words in order, grouped while voice (or the reason for none) and flow go on."""
    runs: list[tuple[Whose, list[Word]]] = []
    for word, whose, new_speaker in marked:
        goes_on = (
            bool(runs)
            and not new_speaker
            and runs[-1][0] == whose
            and word.start_s - runs[-1][1][-1].end_s <= BREAK_S
        )
        if goes_on:
            runs[-1][1].append(word)
        else:
            runs.append((whose, [word]))
    return runs


def _with_ids(runs: Sequence[tuple[Whose, list[Word]]], prefix: str) -> list[Utterance]:
    """Utterances with ids that stay the same when everything is run again."""
    taken: dict[str, int] = {}
    made: list[Utterance] = []
    for (voice, why), words in runs:
        plain = f"{prefix}:{round(words[0].start_s * 1000)}"
        taken[plain] = taken.get(plain, 0) + 1
        name = plain if taken[plain] == 1 else f"{plain}-{taken[plain]}"
        made.append(Utterance(name, voice, tuple(words), why=why))
    return made


def changes(turns: Sequence[Turn]) -> list[float]:
    """Seconds at which a voice takes over from another."""
    ordered = sorted(turns, key=lambda t: t.start_s)
    return [b.start_s for a, b in pairwise(ordered) if a.voice != b.voice]
