"""How much of a recording a transcript holds: measured, so that silence is never mistaken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transcripts.drift import drift
from transcripts.processed import Coverage, Gap
from transcripts.words import UNKNOWN_VOICE, Attribution, Sentence, Utterance

Region = tuple[float, float]
REACH_S = 1.0  # a recogniser's words may begin or end this far from where speech was detected
SLOWEST_WORD_S = 6.0  # a word longer than this is stretched over something else
SHORTEST_GAP_S = 2.0  # speech without words that is shorter is a cough or an "erm"


def measure(
    *,
    duration_s: float,
    regions: Sequence[Region],
    utterances: Sequence[Utterance],
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    gaps: Sequence[Gap],
) -> Coverage:
    """Coverage of one transcript; ``regions`` is where somebody speaks, in order.

    Where nothing has listened (captions without sound), the words' own time is taken. A word
    that is drawn out over minutes counts for as long as a word lasts.
    """
    spans = _joined(
        [
            (w.start_s, min(w.end_s, w.start_s + SLOWEST_WORD_S))
            for u in utterances
            for w in u.words
        ],
        REACH_S,
    )
    named = {a.voice for a in attributions if a.name}
    speech = list(regions) or spans
    explained = [*spans, *((g.start_s, g.end_s) for g in gaps)]
    unheard = _missing(speech, sorted(explained))
    silent = [Gap(a, b, "speech was detected but no word") for a, b in unheard]
    speech_s = sum(b - a for a, b in speech)
    return Coverage(
        duration_s=duration_s or max((end for _, end in speech), default=0.0),
        speech_s=speech_s,
        transcribed_s=speech_s - sum(b - a for a, b in _missing(speech, spans)),
        words=sum(len(u.words) for u in utterances),
        words_with_voice=sum(len(u.words) for u in utterances if u.voice != UNKNOWN_VOICE),
        words_named=sum(len(u.words) for u in utterances if u.voice in named),
        sentences=len(sentences),
        sentences_in_items=sum(1 for s in sentences if s.item),
        gaps=tuple(sorted([*gaps, *silent], key=lambda g: (g.start_s, g.end_s))),
    )


def compared(
    coverage: Coverage, utterances: Sequence[Utterance], regions: Sequence[Region]
) -> Coverage:
    """The coverage of captions, with how far they are from the sound they belong to."""
    found = drift([(w.start_s, w.end_s) for u in utterances for w in u.words], regions)
    return replace(coverage, late_s=found.late_s, late_grows_s=found.grows_s) if found else coverage


def _joined(spans: Sequence[Region], reach_s: float) -> list[Region]:
    out: list[Region] = []
    for start, end in sorted(spans):
        start, end = start - reach_s, end + reach_s
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _missing(speech: Sequence[Region], spans: Sequence[Region]) -> list[Region]:
    """The parts of ``speech`` that no span covers, without the very short ones."""
    out: list[Region] = []
    for start, end in speech:
        at = start
        for a, b in spans:
            if b <= at or a >= end:
                continue
            out.append((at, a))
            at = max(at, b)
        out.append((at, end))
    return [(a, b) for a, b in out if b - a >= SHORTEST_GAP_S]
