"""Why words have no voice: one reason a stretch, in words that a reader can be shown."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transcripts.words import UNKNOWN_VOICE, Utterance, Word

NO_SPEECH = "no speech was detected there: too quiet, or not a voice"
NO_TURN = "speech was detected there, but too short or unclear to tell whose"
NO_MICROPHONE = "the seat log has no open microphone there"
UNMARKED = "the captions do not mark who speaks, and no sound tells it"
NOT_SAID = "not recorded by the version that made this transcript"
REACH_S = 0.5  # words begin and end about this far from where speech was detected


@dataclass(frozen=True, slots=True)
class Reasons:
    """What is known of where voices could be told: speech in the sound, and whether by a log."""

    regions: Sequence[tuple[float, float]] = ()
    by_log: bool = False

    def of(self, word: Word) -> str:
        """Why this word, which no turn covers, has no voice."""
        if self.by_log:
            return NO_MICROPHONE
        if not self.regions:
            return UNMARKED
        return NO_TURN if self._spoken(word) else NO_SPEECH

    def _spoken(self, word: Word) -> bool:
        after = bisect_left(self.regions, (word.end_s + REACH_S,))
        return after > 0 and self.regions[after - 1][1] > word.start_s - REACH_S


def voiceless(utterances: Iterable[Utterance]) -> dict[str, int]:
    """How many words have no voice, by reason, most first."""
    counts: Counter[str] = Counter()
    for utterance in utterances:
        if utterance.voice == UNKNOWN_VOICE:
            counts[utterance.why or NOT_SAID] += len(utterance.words)
    return dict(counts.most_common())
