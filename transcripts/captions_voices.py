"""The voices that captions know of: ``<v Name>`` tags and ``>>`` marks, with or without sound.

Live captions run seconds behind the speech. Where the sound's turns are known too, one lag for
the whole recording is estimated, the words are moved back by it, and each marked stretch takes
the voice that sounds through most of it.
"""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from transcripts.utterances import Voices, changes, utterances
from transcripts.voiceless import Reasons
from transcripts.words import UNKNOWN_VOICE, Segment, Turn, Utterance

log = logging.getLogger(__name__)

EARLIEST_S, LATEST_S, STEP_S = -1.0, 5.0, 0.1
TOLERANCE_S = 0.8  # how close a mark must come to a change of voice to count for a lag
FEWEST_MARKS = 5  # below this a lag would be a guess
MOSTLY = 0.7  # a marked stretch goes whole to a voice that holds this share of its sound
TAGGED = 0.8  # of a voice's words: so many have to carry one tag for it to be that person's
ANOTHERS = 0.1  # of a voice's words: so many under another tag are another person's


def caption_utterances(
    segments: Sequence[Segment],
    turns: Sequence[Turn],
    *,
    prefix: str,
    reasons: Reasons | None = None,
) -> tuple[list[Utterance], dict[str, tuple[str, ...]]]:
    """Utterances of captions and the name tags of each voice that has any.

    With ``turns`` of the sound their voices are used; without, the captions' own. Captions that
    mark nothing know of no voice: without turns their words have none.
    """
    if not turns:
        own = turns_from_captions(segments) if _marked(segments) else []
        spoken = utterances(segments, own, prefix=prefix)
        return spoken, tags_of(segments, own)
    lag = caption_lag(segments, turns)
    log.info("captions: lag of %.1f s", lag)
    moved = [shifted(s, lag) for s in segments]
    heard = turns_by_sound(moved, turns)
    return utterances(moved, heard, prefix=prefix, reasons=reasons), tags_of(moved, heard)


def turns_from_captions(segments: Sequence[Segment]) -> list[Turn]:
    """Turns as marked: a tag is one voice throughout, an untagged ``>>`` stretch its own.

    A tag ends with its cue: what follows it without tag or mark is nobody's known voice.
    """
    turns: list[Turn] = []
    by_tag: dict[str, str] = {}
    voices = 0
    for first, last, tag, marked in stretches(segments):
        if by_tag and not tag and not marked:
            voice = UNKNOWN_VOICE
        elif tag and tag in by_tag:
            voice = by_tag[tag]
        else:
            voices += 1
            voice = f"V{voices}"
            if tag:
                by_tag[tag] = voice
        turns.append(Turn(voice, first, last))
    return turns


def turns_by_sound(segments: Sequence[Segment], turns: Sequence[Turn]) -> list[Turn]:
    """Marked stretches with the voices of the sound; the sound decides where they disagree."""
    if not _marked(segments):
        return list(turns)
    voices = Voices(turns)
    found: list[Turn] = []
    for start, end, *_ in stretches(segments):
        shares = voices.shares(start, end)
        best = max(shares, key=lambda v: shares[v], default="")
        if best and shares[best] >= MOSTLY * sum(shares.values()):
            found.append(Turn(best, start, end))
        else:
            inside = [t for t in turns if t.start_s < end and t.end_s > start]
            found += [Turn(t.voice, max(t.start_s, start), min(t.end_s, end)) for t in inside]
    return found


def _marked(segments: Sequence[Segment]) -> bool:
    """Whether captions tell of any change of speaker at all."""
    return any(s.new_speaker or s.speaker for s in segments)


def stretches(segments: Sequence[Segment]) -> list[tuple[float, float, str, bool]]:
    """Start, end and tag of each run of cues under one tag, and whether a mark stands before it."""
    found: list[tuple[float, float, str, bool]] = []
    for segment in segments:
        if found and not segment.new_speaker and segment.speaker == found[-1][2]:
            start, end, tag, marked = found[-1]
            found[-1] = (start, max(end, segment.end_s), tag, marked)
        else:
            found.append((segment.start_s, segment.end_s, segment.speaker, segment.new_speaker))
    return found


def tags_of(segments: Sequence[Segment], turns: Sequence[Turn]) -> dict[str, tuple[str, ...]]:
    """The tag that nearly all of a voice's words carry; all of them where it has several.

    A tag on one sentence of a long voice tells of that sentence, and not whose the rest is.
    """
    voices = Voices(turns)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for segment in segments:
        for word in segment.words:
            counts[voices.of(word)][segment.speaker] += 1
    counts.pop(UNKNOWN_VOICE, None)
    return {voice: tags for voice, count in counts.items() if (tags := _telling(count))}


def _telling(count: Counter[str]) -> tuple[str, ...]:
    words = count.total()
    tags = [(tag, n) for tag, n in count.most_common() if tag]
    if tags and tags[0][1] >= TAGGED * words:
        return (tags[0][0],)
    several = tuple(tag for tag, n in tags if n >= ANOTHERS * words)
    return several if len(several) > 1 else ()


def caption_lag(segments: Sequence[Segment], turns: Sequence[Turn]) -> float:
    """Seconds that captions come late: the shift that lays most marks on changes of voice."""
    marks = [start for start, _, _, marked in stretches(segments)[1:] if marked]
    heard = changes(turns)
    if len(marks) < FEWEST_MARKS or not heard:
        return 0.0
    count = round((LATEST_S - EARLIEST_S) / STEP_S) + 1
    lags = [round(EARLIEST_S + i * STEP_S, 3) for i in range(count)]
    return max(lags, key=lambda lag: (sum(_closeness(m - lag, heard) for m in marks), -abs(lag)))


def _closeness(mark: float, heard: Sequence[float]) -> float:
    """One where a change of voice lies on the mark, falling to nothing."""
    at = bisect_left(heard, mark)
    nearest = min(abs(mark - h) for h in heard[max(0, at - 1) : at + 1])
    return max(0.0, 1 - nearest / TOLERANCE_S)


def shifted(segment: Segment, lag: float) -> Segment:
    """The segment ``lag`` seconds earlier, never before the recording begins."""
    words = tuple(
        replace(w, start_s=max(0.0, w.start_s - lag), end_s=max(0.0, w.end_s - lag))
        for w in segment.words
    )
    return replace(segment, words=words)
