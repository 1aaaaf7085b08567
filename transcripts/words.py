"""What was said: words, utterances, sentences, and whose they are.

All times are seconds within the recording; start inclusive, end exclusive. No word is ever
dropped for want of a speaker: a word no voice covers belongs to the voice ``UNKNOWN_VOICE``, and
its utterance says why.
"""

from __future__ import annotations

from dataclasses import dataclass

UNKNOWN_VOICE = "V?"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as heard. ``confidence`` is absent where the engine gives none; never invented."""

    text: str
    start_s: float
    end_s: float
    confidence: float | None = None
    heard: str = ""  # what the engine wrote, where a later repair changed it

    def __post_init__(self) -> None:
        if self.end_s < self.start_s:
            raise ValueError(f"word '{self.text}' ends before it starts")


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of recognised speech or one caption cue, before voices are known.

    ``speaker`` is a name tag or mark that came with it (``<v Name>``, ``>>``), else empty;
    ``new_speaker`` is true where the source marked a change of speaker here.
    """

    words: tuple[Word, ...]
    speaker: str = ""
    new_speaker: bool = False

    @property
    def start_s(self) -> float:
        return self.words[0].start_s

    @property
    def end_s(self) -> float:
        return self.words[-1].end_s

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice speaking without a break, as the sound has it; ``voice`` is a label like ``V3``."""

    voice: str
    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one voice said without a break, with its words.

    ``why`` tells why the words have no voice where they have none; empty in records of before.
    """

    id: str
    voice: str
    words: tuple[Word, ...]
    item: str = ""
    why: str = ""

    @property
    def start_s(self) -> float:
        return self.words[0].start_s

    @property
    def end_s(self) -> float:
        return self.words[-1].end_s

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one utterance: the unit that search and findings point at."""

    id: str
    utterance_id: str
    voice: str
    text: str
    start_s: float
    end_s: float
    item: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence for a name: which rule, the words that gave it, and when."""

    rule: str
    quote: str
    start_s: float
    weight: float


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who a voice is. ``name`` is empty below the bar of evidence; ``label`` is what is shown.

    ``kind`` is ``named``, ``role only``, ``public`` or ``unnamed``. ``margin`` is the evidence
    for the chosen name less that for the runner-up, in the units of ``Reason.weight``.
    """

    voice: str
    label: str
    kind: str = "unnamed"
    name: str = ""
    margin: float = 0.0
    reasons: tuple[Reason, ...] = ()

    def __post_init__(self) -> None:
        if self.name and not self.reasons:
            raise ValueError(f"voice {self.voice} is given a name without a reason")
