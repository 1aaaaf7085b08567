"""One doubt as a page shows it: the question, the words, who and when, why, and what may be said.

Whatever kind of doubt it is, the page has the same parts, so that a clerk's hands learn one thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from matters_arising.naming import names_to_give
from matters_arising.web.desk.sound import sound_of
from transcripts.states import in_words
from warehouse.claims import claim_said
from warehouse.doubts import Unsure, doubt_of
from warehouse.listings import FindingRow
from warehouse.meeting import said_between
from warehouse.reader import Reader
from warehouse.register import ProposedLink
from warehouse.unheard import PointAlone, may_be
from warehouse.waiting import Case, PointToConfirm

AROUND_S = 9.0  # what is shown before and after the words in doubt


@dataclass(frozen=True, slots=True)
class Line:
    """Something said; ``own`` are the words in doubt; ``quote`` is the part of it that counts."""

    speaker: str
    text: str
    start_s: float
    link: str
    own: bool
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A doubt for people. ``accept`` and ``reject`` are what the two buttons say.

    ``beside`` is another wording to hold against the words said, with ``beside_is`` what it is.
    ``choices`` are names that a voice may be given, or references that words may be of, each with
    what people read; ``choice_is`` is what they are and ``choose`` what their button says.
    ``unsaid`` tells why no words are shown. ``sound`` is an address on these pages.
    """

    case: Case
    question: str
    says: str
    accept: str
    reject: str
    passages: tuple[tuple[Line, ...], ...]
    reasons: tuple[str, ...]
    sound: str
    choices: tuple[tuple[str, str], ...] = ()
    choice_is: str = ""
    choose: str = ""
    reasons_are: str = "Why the machine thinks so"
    unsaid: str = "The words are no longer where they were found: this meeting was heard anew"
    beside: str = ""
    beside_is: str = ""


def card(reader: Reader, case: Case, standing: Sequence[Any]) -> Card:
    """The card of a doubt; ``standing`` are the lines of the ledger that stand."""
    about = case.about
    if isinstance(about, Unsure):
        return _voice(reader, case, about, standing)
    if isinstance(about, FindingRow):
        return _finding(reader, case, about)
    if isinstance(about, ProposedLink):
        return _link(reader, case, about)
    if isinstance(about, PointAlone):
        return _point_alone(reader, case, about)
    return _point(reader, case, about)


def _voice(reader: Reader, case: Case, voice: Unsure, standing: Sequence[Any]) -> Card:
    named = voice.kind == "named" and voice.person
    who = voice.person if named else ""
    doubt = doubt_of(reader, voice)
    passages = tuple(
        tuple(Line(n.speaker, n.text, n.start_s, n.link, n.own) for n in passage)
        for passage in (doubt.passages if doubt else ())
    )
    share = f", {doubt.share:.0%} of the meeting" if doubt else ""
    return Card(
        case,
        question=f"Is this {who}?" if named else f"Who is {voice.speaker}?",
        says=f"{voice.voice} speaks {voice.words} words{share}",
        accept=f"Yes, {who}" if named else "",
        reject="Nobody we know" if not named else "No, leave it unnamed",
        passages=passages,
        reasons=(doubt.reasons if doubt else ()) or ("nothing tells who this is",),
        sound=sound_of(reader, voice.recording_sha256),
        choices=tuple(
            (name, name) for name in names_to_give(reader.path.parent, case.meeting_id, standing)
        ),
        choice_is="Somebody else, from the roster",
        choose="It is this person",
    )


def _finding(reader: Reader, case: Case, f: FindingRow) -> Card:
    reasons = [f"a score of {f.score:.2f} out of 1" if f.score is not None else ""]
    reasons += [f"the patterns {', '.join(f.rules)}" if f.rules else "no pattern, the score alone"]
    return Card(
        case,
        question=f"Is this {_a(f.kind)}?",
        says=f"Found as {_a(f.kind)}" + (f", in the register as {f.reference}" * bool(f.reference)),
        accept=f"Yes, {_a(f.kind)}",
        reject=f"No {f.kind}",
        passages=_around(reader, f.meeting_id, f.recording_sha256, f.start_s, f.end_s, f.quote),
        reasons=tuple(filter(None, reasons)),
        sound=sound_of(reader, f.recording_sha256),
    )


def _link(reader: Reader, case: Case, link: ProposedLink) -> Card:
    said = claim_said(reader, link.claim_id, link.reference)
    recording, start_s, end_s = (said[k] for k in ("recording_sha256", "start_s", "end_s"))
    if not recording:  # an answer in print: nobody spoke it
        printed = Line(link.who, link.quote, 0.0, link.link, True, link.quote)
        passages: tuple[tuple[Line, ...], ...] = ((printed,),)
    else:
        passages = _around(reader, link.meeting_id, recording, start_s, end_s, link.quote)
    return Card(
        case,
        question=f"Is this about {link.reference}?",
        says=f"May say that it is {in_words(link.state)}",
        accept=f"Yes, about {link.reference}",
        reject=f"Not about {link.reference}",
        passages=passages,
        reasons=(f"it {', '.join(link.reasons)}", f"a likeness of {link.score:.2f} out of 1"),
        sound=sound_of(reader, recording) if recording else "",
        beside=link.text,
        beside_is=f"Recommendation {link.reference}",
    )


def _point(reader: Reader, case: Case, point: PointToConfirm) -> Card:
    vote = f", {point.vote}" if point.vote else ""
    return Card(
        case,
        question=f"Are these the minuted words of {point.reference}?",
        says=f"{point.where} of the {point.state} minutes{vote}",
        accept="Yes, the same",
        reject="Not the same",
        passages=_around(
            reader, point.meeting_id, point.recording_sha256, point.start_s, point.end_s,
            point.quote,
        ),
        reasons=(*filter(None, point.reasons.split("; ")), f"a likeness of {point.score:.2f}"),
        sound=sound_of(reader, point.recording_sha256),
        beside=point.minuted,
        beside_is=point.where,
    )  # fmt: skip


def _point_alone(reader: Reader, case: Case, point: PointAlone) -> Card:
    label = f", point {point.label}" if point.label else ""
    under = f", under {point.heading}" if point.heading else ""
    return Card(
        case,
        question="Is this a recommendation that nobody heard?",
        says=f"{point.where}{label} of the {point.state} minutes{under}; somebody is to act on it",
        accept="Enter it as one",
        reject="Nothing to follow",
        passages=(),
        reasons=(
            f"the minutes put it as {_a(point.kind)}",
            "nothing that was said is like it: it may have been misheard, put in other words, or"
            " settled outside the meeting",
        ),
        sound="",
        choices=tuple((ref, f"{ref}: {_short(words)}") for ref, words in may_be(reader, point)),
        choice_is="Heard in other words, as",
        choose="It is this one",
        unsaid="Nothing that was said was matched to it",
        reasons_are="Why it waits",
        beside=point.minuted,
        beside_is=point.where,
    )


def _short(words: str) -> str:
    return shorten(words, 100, placeholder=" …")


def _around(
    reader: Reader, meeting_id: str, recording: str, start_s: float, end_s: float, quote: str
) -> tuple[tuple[Line, ...], ...]:
    """One passage: the sentences around, of which those in the stretch are the words in doubt."""
    found = said_between(reader, meeting_id, recording, start_s - AROUND_S, end_s + AROUND_S)
    lines = tuple(
        Line(s.speaker, s.text, s.start_s, s.link, own, quote if quote in s.text else "")
        for s in found
        for own in (s.start_s < end_s and s.end_s > start_s,)
    )
    return (lines,) if lines else ()


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
