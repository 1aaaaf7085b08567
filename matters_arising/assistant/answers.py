"""What each tool answers: a function from a reader and what was asked to plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from matters_arising.assistant import asked as a
from matters_arising.assistant.quoted import Answer, coverage, of_finding, of_hit, quote
from matters_arising.errors import BadInputError, NotInArchiveError
from transcripts.finding import KINDS
from transcripts.life import Entry, Event
from warehouse import listings, meeting, register
from warehouse import search as searching
from warehouse.listings import FindingRow
from warehouse.query import Filters
from warehouse.reader import Reader
from warehouse.spoken_for import spoken_for

Encoder = Callable[[], Any]
OPENING = 3
EVERY = 10**6  # more utterances than a meeting has


def search(reader: Reader, asked: a.SearchAsked, encoder: Encoder) -> Answer:
    """The best sentences; where none is found, what was never said and what comes nearest."""
    encode = None if asked.mode == "words" else encoder()
    found = searching.search(
        reader,
        asked.query,
        mode=asked.mode,
        encode=encode,
        filters=_filters(asked, asked.kind or ""),
        k=asked.limit,
        literal=asked.literal,
    )
    return {
        "items": [of_hit(hit) for hit in found.hits],
        "items_hold_only": list(found.hold_only),
        "words_never_said": list(found.not_said),
        "nearest_but_probably_not_about_it": [of_hit(hit) for hit in found.nearest],
        "question_was_read_as": [asdict(r) for r in found.readings],
        "coverage": coverage(found.searched),
    }


def one_meeting(reader: Reader, asked: a.MeetingAsked, _: Encoder) -> Answer:
    """A meeting with who spoke, by the alphabet, and how much of it is there; or the meetings."""
    if not asked.meeting:
        return _meetings(reader, asked)
    only = Filters(meeting=asked.meeting)
    speakers = meeting.speakers(reader, asked.meeting)
    found = {kind: listings.listing(reader, kind, only) for kind in KINDS}
    return {
        "meeting": _plain(asdict(listings.meetings(reader, only)[0])),
        "items": [
            {
                "speaker": s.speaker,
                "named": s.person is not None,
                "kind": s.kind,
                "share_of_words": s.share,
                "told_by": s.decided_by,
                "strongest_reason": s.reasons[0] if s.reasons else "no evidence for a name",
            }
            for s in speakers
        ],
        "opening": [
            quote(line.text, line.speaker, named=_named(speakers, line.speaker), link=line.link)
            for line in meeting.opening(reader, asked.meeting, OPENING)
        ],
        "findings": {kind: len(rows) for kind, rows in found.items()},
        "coverage": coverage(
            spoken_for(reader, only),
            recordings=[_plain(asdict(c)) for c in meeting.coverage(reader, asked.meeting)],
        ),
    }


def _meetings(reader: Reader, asked: a.MeetingAsked) -> Answer:
    only = Filters(committee=asked.committee)
    held = listings.meetings(reader, only)[::-1]
    return {
        "items": [_plain(asdict(m)) for m in held[: asked.limit]],
        "held": len(held),
        "coverage": coverage(spoken_for(reader, only)),
    }


def transcript(reader: Reader, asked: a.TranscriptAsked, _: Encoder) -> Answer:
    """What was said around a moment, utterance by utterance."""
    place = _place(reader, asked)
    start = max(0, place - asked.before)
    said = meeting.transcript(
        reader, asked.meeting, offset=start, limit=place - start + asked.after + 1
    )
    speakers = meeting.speakers(reader, asked.meeting)
    return {
        "items": [
            quote(
                u.text,
                u.speaker,
                named=_named(speakers, u.speaker),
                link=u.link,
                item=u.item,
                start_s=u.start_s,
                end_s=u.end_s,
                overlapped=u.overlapped,
                why_no_voice=u.why_no_voice,
                utterance=u.utterance_id,
                version=u.transcript_version,
                the_moment=True if start + n == place else None,
            )
            for n, u in enumerate(said)
        ],
        "coverage": coverage(spoken_for(reader, Filters(meeting=asked.meeting))),
    }


def _place(reader: Reader, asked: a.TranscriptAsked) -> int:
    """Where the moment stands in the transcript."""
    if asked.utterance:
        return meeting.place_of(reader, asked.meeting, asked.utterance, asked.version)
    if asked.at_s is None:
        raise BadInputError("no moment was named; give 'utterance', or 'at_s' in seconds")
    said = meeting.transcript(reader, asked.meeting, offset=0, limit=EVERY)
    version = asked.version or (said[0].transcript_version if said else "")
    places = [n for n, u in enumerate(said) if u.transcript_version == version]
    if not places:
        known = {u.transcript_version for u in said}
        raise NotInArchiveError(f"transcript of the meeting '{asked.meeting}'", version, known)
    begun = [n for n in places if said[n].start_s <= asked.at_s]
    return begun[-1] if begun else places[0]


def recommendation(reader: Reader, asked: a.RecommendationAsked, _: Encoder) -> Answer:
    """One recommendation's life; what is only proposed stands apart and changes nothing."""
    found = register.life(reader, asked.reference, today=date.today())
    entry = found.entry
    looked = register.searched(reader, entry.reference) if entry.finding_id else []
    events = [(e.standing == "proposed", _event(reader, e)) for e in found.events]
    return {
        "recommendation": _entry(entry, _making(reader, entry)),
        "items": [told for proposed, told in events if not proposed],
        "proposed_by_likeness_and_undecided": [told for proposed, told in events if proposed],
        "coverage": coverage(
            spoken_for(reader),
            looked_for_in=[_plain(asdict(m)) for m in looked],
            not_found_is_not_never="A state 'none_found' tells what was found, not what was done.",
        ),
    }


def the_register(reader: Reader, asked: a.RegisterAsked, _: Encoder) -> Answer:
    """The recommendations that the filters leave, in order of reference."""
    only = register.RegisterFilters(
        asked.committee, asked.addressee, asked.year, asked.state, asked.words
    )
    entries = register.register(reader, only, today=date.today())
    made = {f.finding_id: f for f in listings.listing(reader, "recommendation")}
    shown = entries[: asked.limit]
    return {
        "items": [_entry(entry, made.get(entry.finding_id)) for entry in shown],
        "held": len(entries),
        "as_of": date.today().isoformat(),
        "coverage": coverage(spoken_for(reader)),
    }


def counts(reader: Reader, asked: a.CountsAsked, _: Encoder) -> Answer:
    """How many findings that stand, each group with one of them as a quote."""
    only = _filters(asked)
    rows = listings.listing(reader, asked.kind, only)
    groups = [(key, list(own)) for key, own in groupby(sorted(rows, key=by(asked)), by(asked))]
    return {
        "items": [
            {asked.by: key, asked.kind: len(own), "for_example": of_finding(own[0])}
            for key, own in groups[: asked.limit]
        ],
        "total": len(rows),
        "groups": len(groups),
        "coverage": coverage(
            spoken_for(reader, only),
            counted="findings that stand, machine-made unless a person decided; some that were "
            "said are missed and some that are counted are wrong",
        ),
    }


def by(asked: a.CountsAsked) -> Callable[[FindingRow], str]:
    """What a finding is grouped under."""
    return {
        "month": lambda row: f"{row.date:%Y-%m}",
        "meeting": lambda row: row.meeting_id,
        "committee": lambda row: row.committee,
        "item": lambda row: f"{row.meeting_id} {row.item} {row.item_title}".strip(),
    }[asked.by]


def _filters(asked: a.Narrowed, kind: str = "") -> Filters:
    return Filters(
        speaker=asked.speaker,
        committee=asked.committee,
        meeting=asked.meeting,
        item=asked.item,
        first=asked.first,
        last=asked.last,
        kind=kind,
    )


def _making(reader: Reader, entry: Entry) -> FindingRow | None:
    """The finding that carries its wording; None where a tracker brought it."""
    return listings.finding(reader, entry.finding_id) if entry.finding_id else None


def _entry(entry: Entry, made: FindingRow | None) -> Answer:
    """Where a recommendation stands: what was said of it first, as a quote, then its columns."""
    said = of_finding(made) if made else quote("", "", named=False, link=entry.link)
    told = {k: v for k, v in _plain(asdict(entry)).items() if v not in ("", [], None)}
    return said | {"stated": told}


def _event(reader: Reader, event: Event) -> Answer:
    """A step with its evidence: words of a voice, or what a person wrote and where."""
    told = event.evidence
    voices = meeting.speakers(reader, told.meeting_id) if told.meeting_id else []
    return quote(
        told.quote,
        told.who,
        named=_named(voices, told.who) if voices else bool(told.who),
        link=told.link,
        day=event.day,
        ladder=event.ladder,
        state=event.state,
        standing=event.standing,
        told_by=event.by,
        meeting=told.meeting_id,
        reasons=list(event.reasons) or None,
        note=event.note,
    )


def _named(speakers: list[meeting.SpeakerRow], label: str) -> bool:
    return any(s.speaker == label and s.person is not None for s in speakers)


def _plain(values: dict[str, Any]) -> Answer:
    """With days as text."""
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}
