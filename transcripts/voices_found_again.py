"""Which voice of a transcript each ``speaker`` decision is about, after any number of re-runs.

Labels such as ``V3`` are made anew by every run, so a voice is found by the seconds at which the
decision heard it and by its words. Voices may have been merged or divided since: a decision never
goes to a voice that holds less of its stretch than half, and where two people are now one voice,
neither has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from transcripts.decision import Decision
from transcripts.found_again import APART_S, HALF, WORD
from transcripts.ledger import overlap_s
from transcripts.words import UNKNOWN_VOICE, Utterance

FEWEST_WORDS = 5  # with fewer, whether they are the same tells nothing
AGAIN = 0.3  # of the words: so many even a poor engine hears as another did


@dataclass(slots=True)
class VoicesDecided:
    """Decisions by voice; voices on which they contradict each other, and those without one."""

    voices: dict[str, Decision] = field(default_factory=dict)
    merged: dict[str, tuple[Decision, ...]] = field(default_factory=dict)
    lost: list[Decision] = field(default_factory=list)

    @property
    def told(self) -> list[str]:
        """What a person has to look at, in words; without names, for some are not to be shown."""
        out = [
            f"voice {voice} is now what was decided to be different people (lines "
            f"{_ids(lines)}), so it is called by none of their names: listen, and decide again"
            for voice, lines in sorted(self.merged.items())
        ]
        if self.lost:
            out.append(
                f"{len(self.lost)} decisions about voices find no voice that holds most of what "
                f"they were about (lines {_ids(self.lost)}): look at them and decide again"
            )
        return out


def voices_decided(
    decisions: Sequence[Decision], recording_sha256: str, utterances: Sequence[Utterance]
) -> VoicesDecided:
    """The last word on each voice wins, unless it was about another voice than this then was."""
    found = VoicesDecided()
    about: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.kind != "speaker" or decision.recording_sha256 != recording_sha256:
            continue
        voice = decision.voice if decision.start_s is None else _voice_of(decision, utterances)
        if voice:
            about[voice].append(decision)
        else:
            found.lost.append(decision)
    for voice, lines in about.items():
        last = lines[-1]
        against = [d for d in lines if d.verdict != last.verdict and not _settles(last, d)]
        if against:
            found.merged[voice] = (*against, last)
        else:
            found.voices[voice] = last
    return found


def _voice_of(decision: Decision, utterances: Sequence[Utterance]) -> str:
    """The voice that holds half of the stretch and, of all, most of its words; empty for none."""
    start_s, end_s = decision.start_s or 0.0, decision.end_s or 0.0
    held: dict[str, float] = defaultdict(float)
    for u in utterances:
        held[u.voice] += overlap_s(start_s, end_s, u.start_s, u.end_s)
    voice = max(sorted(held), key=lambda v: held[v], default="")
    if not voice or voice == UNKNOWN_VOICE or held[voice] < max(HALF * (end_s - start_s), 1e-3):
        return ""
    wanted = Counter(WORD.findall(decision.words.casefold()))
    if wanted.total() < FEWEST_WORDS:
        return voice
    said = {v: (wanted & n).total() for v, n in _words(utterances, start_s, end_s).items()}
    most = max(said.values(), default=0)
    enough = said.get(voice, 0) == most and most >= AGAIN * wanted.total()
    return voice if enough else ""


def _words(
    utterances: Sequence[Utterance], start_s: float, end_s: float
) -> dict[str, Counter[str]]:
    """What each voice says in a stretch and close to it."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for u in utterances:
        if overlap_s(start_s - APART_S, end_s + APART_S, u.start_s, u.end_s) > 0:
            near = (w for w in u.words if start_s - APART_S <= w.start_s <= end_s + APART_S)
            said[u.voice].update(k for w in near for k in WORD.findall(w.text.casefold()))
    return said


def _settles(last: Decision, before: Decision) -> bool:
    """Whether somebody changed their mind about one voice: they saw it, or it is one stretch."""
    if before.id and before.id in last.others:
        return True
    if last.start_s is None or before.start_s is None:
        return last.voice == before.voice
    a, b = (last.start_s, last.end_s or 0.0), (before.start_s, before.end_s or 0.0)
    return overlap_s(*a, *b) >= HALF * min(a[1] - a[0], b[1] - b[0])


def _ids(lines: Sequence[Decision]) -> str:
    return ", ".join(d.id for d in lines)
