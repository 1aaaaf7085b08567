"""Second thoughts about a name: does it explain what the voice said, and does no other?

Diarisation merges two people into one voice, splits one into two, and gives a turn to a wrong
voice. A merged voice is called by two names, each followed by its own words; a voice into which
one foreign turn strayed bears a name that explains hardly any of its words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from models.names.assign import BAR, LOG, Choice, scores
from models.names.evidence import WEIGHTS, Evidence
from models.names.known import RULES as LIKENESSES
from models.names.said import SpokenTurn
from transcripts.words import Utterance

EXCHANGE = 14  # turns for which a call explains who speaks
EXPLAINED = 0.2  # share of a voice's words that the only cue to its name must explain
ANOTHERS = 0.1  # words explained by another name, as a share of those explained by its own
TELLING = 2.0  # weight from which a cue to another name counts
WHOLE_MEETING = frozenset(
    ("welcomed", "welcomed alone", "welcomed, perhaps to listen", "hands on to a colleague",
     "hands on to the other", "opens the meeting", "leads the meeting", "takes the chair",
     "self-introduction", "gives own name", "name tag", "seat-log", *LIKENESSES)
)  # fmt: skip
# Of 1,320 such mentions in real meetings two were of the speaker.
OF_ANOTHER = frozenset(("calls on this name", "speaks of this name"))
TO_THE_CHAIR = re.compile(
    r"(?:(?:yes|okay|well|oh|no|good morning|good afternoon) )*(?:thank you|thanks)"
    r"(?: very much| so much)? (?:madam |mr |madame )?chair\b"
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a voice is left without the name that its evidence gave it, and what says so."""

    rule: str
    evidence: tuple[Evidence, ...] = ()


def doubts(
    chosen: Mapping[str, Choice],
    turns: Sequence[SpokenTurn],
    evidence: Iterable[Evidence],
    utterances: Sequence[Utterance],
) -> dict[str, Doubt]:
    """The voices whose name does not stand, each with the reason."""
    heard: dict[str, list[Evidence]] = {}
    for e in evidence:
        heard.setdefault(e.voice, []).append(e)
    table = scores(e for of in heard.values() for e in of)
    found: dict[str, Doubt] = {}
    for voice, choice in chosen.items():
        elsewhere = {
            p for v, own in table.items() if v != voice for p, n in own.items() if n >= BAR
        }
        doubt = _doubt(voice, choice, turns, heard.get(voice, []), elsewhere) or _own_chair(
            choice, [u for u in utterances if u.voice == voice]
        )
        if doubt:
            found[voice] = doubt
    return found


def _doubt(
    voice: str,
    choice: Choice,
    turns: Sequence[SpokenTurn],
    heard: Sequence[Evidence],
    elsewhere: Set[str],
) -> Doubt | None:
    """``elsewhere`` are the people whom another voice explains: a call to one of them that this
    voice answered was a call overheard, where of two merged people neither has another voice."""
    own = [e for e in choice.evidence if e.weight > 0]
    if any(e.rule in OF_ANOTHER for e in choice.evidence):
        return Doubt("says its own name as another's", choice.evidence)
    rules = {e.rule for e in own} - LIKENESSES  # a likeness allays no doubt about the words
    spoken = sum(len(t.tokens) for t in turns if t.voice == voice)
    words = explained(voice, choice.person, turns, heard)
    mine = words[choice.person]
    if len(rules) == 1 and not rules & WHOLE_MEETING and mine < EXPLAINED * spoken:
        return Doubt("its one kind of evidence explains too little of what it says", tuple(own))
    basis = max(mine, spoken / 2) if rules & WHOLE_MEETING or not rules else mine
    if LOG in rules:  # a microphone is no merged voice: what counts is as strong as the log
        called = scores(e for e in heard if e.person != choice.person)
        elsewhere = elsewhere | {p for p, n in called.get(voice, {}).items() if n < WEIGHTS[LOG]}
    for person, n in words.most_common():
        if person not in elsewhere and person != choice.person and n > ANOTHERS * basis:
            other = tuple(e for e in heard if e.person == person and e.weight >= TELLING)
            return Doubt("called by two names, perhaps two people in one voice", (*own, *other))
    return None


def explained(
    voice: str, person: str, turns: Sequence[SpokenTurn], heard: Sequence[Evidence]
) -> Counter[str]:
    """How many of a voice's words each name explains: that of the last cue before a turn."""
    starts = [t.tokens[0].start_s for t in turns]
    cues: dict[int, Evidence] = {}
    for e in heard:
        if e.rule not in WHOLE_MEETING and e.weight >= (1.0 if e.person == person else TELLING):
            at = bisect_right(starts, e.start_s) - 1
            if at not in cues or (e.weight, e.person) > (cues[at].weight, cues[at].person):
                cues[at] = e
    words: Counter[str] = Counter()
    for i, turn in enumerate(turns):
        if turn.voice == voice:
            # a turn after it may name the voice, too: thanks come late
            near = next((cues[j] for j in range(i + 1, i - EXCHANGE - 1, -1) if j in cues), None)
            if near:
                words[near.person] += len(turn.tokens)
    return words


def _own_chair(choice: Choice, spoken: Sequence[Utterance]) -> Doubt | None:
    """Nobody who leads a meeting thanks the chair: somebody else is in that voice."""
    if not any(e.rule == "leads the meeting" for e in choice.evidence):
        return None
    for utterance in spoken:
        said = " ".join(w.text for w in utterance.words[:10])
        if TO_THE_CHAIR.match(re.sub(r"[^a-z ]", "", said.lower())):
            shown = Evidence(
                utterance.voice, choice.person, "addresses the chair", said, utterance.start_s
            )
            return Doubt("leads the meeting and thanks its chair", (*choice.evidence, shown))
    return None
