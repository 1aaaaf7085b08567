"""Enrolling a voice: what must hold before one is kept, and the line that is left behind."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.known import own_spans
from matters_arising.errors import BadInputError, MediaError, StoreError, UnknownValueError
from models.known_voices import ENROLS_S, EVEN, Sample, VoiceSamples, voice_engine
from models.names.known import RULES, may_be_known
from transcripts.enrolled import Enrolled, EnrolledVoices, packed
from transcripts.ledger import (
    Decision,
    Ledger,
    now,
    those_standing,
    withheld_names,
)
from transcripts.meeting import Meeting, Person
from transcripts.processed import ProcessedMeeting, Transcript
from transcripts.record import Record
from transcripts.sound import PcmSound, decode
from transcripts.voices_found_again import voices_decided
from transcripts.whole import sha256_of
from transcripts.words import UNKNOWN_VOICE, Attribution

NO_WORDS = frozenset(("name tag", "seat-log"))  # they tell whose the device is, not who speaks
CONFIRMED = "confirmed by"
STRONG = 6.0  # evidence of words on which a voice may be enrolled: what an introduction weighs


@dataclass(frozen=True, slots=True)
class Wish:
    """Whom an operator wants to enrol from which meeting, why, and until when (last day of use).

    ``voice`` is empty where the voice is the one that has the name.
    """

    person: str
    meeting_id: str
    reason: str
    who: str
    until: date
    voice: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A voice of a recording whose name is well enough known, and what the name stands on."""

    transcript: Transcript
    voice: str
    by: str


def a_year_after(day: date) -> date:
    """The longest time for which a voice may be kept; 29 February ends on the 28th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def enrol(home: Path, wish: Wish, *, today: date | None = None) -> Enrolled:
    """Keeps the voice of a councillor or officer, and writes down who wanted it, why, how long.

    BadInputError says what is missing: a reason, a name that stands on enough, enough speech.
    """
    _check(wish, today or date.today())
    processed = Record(home).read(wish.meeting_id)
    person = _person(processed.meeting, wish.person)
    held = _held(processed, wish, those_standing(Ledger(home).all_lines()))
    sample = _listen(home, processed.meeting, held)
    (made,) = Ledger(home).append([_line(wish, held)])
    enrolled = Enrolled(
        person=person.name,
        council=processed.meeting.council,
        meeting_id=wish.meeting_id,
        recording_sha256=held.transcript.recording_sha256,
        voice=held.voice,
        seconds=round(sample.seconds, 1),
        held_by=held.by,
        engine=voice_engine(),
        when=made.when,
        until=wish.until,
        who=wish.who,
        reason=wish.reason,
        line=made.id,
        packed=packed(sample.vector),
    )
    try:
        EnrolledVoices(home).save(enrolled)
    except StoreError:
        undo = Decision("undo", made.id, "matters", now(), why="the voice could not be kept")
        Ledger(home).append([undo])
        raise
    return enrolled


def _check(wish: Wish, today: date) -> None:
    if not wish.reason.strip():
        raise BadInputError(
            "a voice is biometric data, and no reason was given to keep it; say what for: "
            "--reason TEXT"
        )
    if not today <= wish.until <= a_year_after(today):
        raise BadInputError(
            f"a voice cannot be kept until {wish.until}: name a day from {today} to "
            f"{a_year_after(today)}"
        )


def _person(meeting: Meeting, name: str) -> Person:
    person = meeting.person(name)
    if person and not may_be_known(person):
        raise BadInputError(
            f"'{name}' is on the roster of {meeting.id} as {person.kind}: only the voices of "
            "councillors and officers may be enrolled"
        )
    if person is None:
        known = [p.name for p in meeting.people if may_be_known(p)]
        raise UnknownValueError(f"councillor or officer on the roster of {meeting.id}", name, known)
    return person


def _held(processed: ProcessedMeeting, wish: Wish, standing: Sequence[Decision]) -> Held:
    """The voice to enrol: the one that speaks most of those that hold the name."""
    if wish.person in withheld_names(standing):
        raise BadInputError(f"the name of {wish.person} is withheld: the voice cannot be enrolled")
    held: list[Held] = []
    refused: list[str] = []
    heard: set[str] = set()
    for part in (p.transcript for p in processed.transcripts if p.preferred):
        found = voices_decided(standing, part.recording_sha256, part.utterances)
        decided = found.voices
        for a in part.attributions:
            if a.voice == UNKNOWN_VOICE:
                continue
            heard.add(a.voice)
            if a.voice in found.merged:
                continue
            name = decided[a.voice].verdict if a.voice in decided else a.name
            if a.voice != wish.voice if wish.voice else name != wish.person:
                continue
            by = _stands_on(wish.person, a, decided.get(a.voice))
            if by:
                held.append(Held(part, a.voice, by))
            else:
                refused.append(a.voice)
    if held:
        return _one_of(held, wish)
    if wish.voice and wish.voice not in heard:
        raise UnknownValueError(f"voice in {wish.meeting_id}", wish.voice, heard)
    raise BadInputError(_why_not(wish, refused))


def _one_of(held: Sequence[Held], wish: Wish) -> Held:
    """The voice that speaks most; refused where another of one recording has the name unheard."""
    longest = max(held, key=_seconds)
    of_one = [h for h in held if h.transcript is longest.transcript]
    if len(of_one) > 1 and not all(h.by.startswith(CONFIRMED) for h in of_one):
        voices = ", ".join(h.voice for h in of_one)
        raise BadInputError(
            f"{wish.person} has more than one voice in {wish.meeting_id} ({voices}), so one of "
            "them may be somebody else's; listen, and decide on each: "
            f'matters decide speaker {wish.meeting_id} {longest.voice} "{wish.person}"'
        )
    return longest


def _why_not(wish: Wish, refused: Sequence[str]) -> str:
    voice = refused[0] if refused else "VOICE"
    decide = f'matters decide speaker {wish.meeting_id} {voice} "{wish.person}"'
    if not refused:
        return (
            f"no voice of {wish.meeting_id} is named {wish.person}; listen, and if one is theirs: "
            f"{decide}"
        )
    return (
        f"that voice {voice} of {wish.meeting_id} is {wish.person} is not known well enough to "
        f"enrol it (a likeness to another enrolled voice does not count); listen, and if it is "
        f"theirs: {decide}"
    )


def _stands_on(person: str, found: Attribution, decided: Decision | None) -> str:
    """What makes sure that a voice is this person's; empty where nothing does."""
    if decided:
        return f"{CONFIRMED} {decided.who}" if decided.verdict == person else ""
    strength = _of_words(found)
    return f"evidence of {strength:.1f}" if found.name == person and strength >= STRONG else ""


def _of_words(found: Attribution) -> float:
    """The evidence of words for a name, as naming adds it up."""
    weights: dict[str, list[float]] = defaultdict(list)
    for reason in found.reasons:
        if reason.rule not in RULES | NO_WORDS:
            weights[reason.rule].append(reason.weight)
    return sum(w[0] * (1 + math.log(len(w))) for w in weights.values())


def _seconds(held: Held) -> float:
    return sum(t.length_s for t in held.transcript.turns if t.voice == held.voice)


def _listen(home: Path, meeting: Meeting, held: Held) -> Sample:
    """How the voice sounds; BadInputError where that is too little or more than one person."""
    spans = own_spans(held.transcript.turns, held.transcript.utterances).get(held.voice, [])
    path = _recording(meeting, held.transcript.recording_sha256)
    pcm = home.absolute() / "work" / f"enrol-{held.transcript.recording_sha256[:32]}.pcm"
    pcm.parent.mkdir(parents=True, exist_ok=True)
    try:
        decode(path, pcm)
        sample = VoiceSamples().of(PcmSound(pcm), spans)
    finally:
        pcm.unlink(missing_ok=True)
    if sample is None or sample.seconds < ENROLS_S:
        seconds = sample.seconds if sample else 0.0
        raise BadInputError(
            f"voice {held.voice} of {meeting.id} speaks alone for {seconds:.0f} seconds and "
            f"{ENROLS_S:.0f} are needed; take a meeting in which it speaks for longer"
        )
    if sample.even < EVEN:
        raise BadInputError(
            f"voice {held.voice} of {meeting.id} does not sound alike throughout ({sample.even:.2f}"
            f", at least {EVEN:.2f} is needed), so it may be two people; take another meeting"
        )
    return sample


def _recording(meeting: Meeting, sha256: str) -> Path:
    path = next((Path(r.path) for r in meeting.recordings if r.sha256 == sha256 and r.path), None)
    if path is None:
        raise MediaError(f"{meeting.id} was made from captions alone: there is no voice to enrol")
    if not path.is_file() or sha256_of(path) != sha256:
        raise MediaError(
            f"the recording {path} of {meeting.id} is not there any more, or is another one; put "
            "it back to enrol a voice from it"
        )
    return path


def _line(wish: Wish, held: Held) -> Decision:
    return Decision(
        kind="voice",
        verdict="enrolled",
        who=wish.who,
        when=now(),
        why=wish.reason,
        meeting_id=wish.meeting_id,
        recording_sha256=held.transcript.recording_sha256,
        voice=held.voice,
        name=wish.person,
        day=wish.until.isoformat(),
    )
