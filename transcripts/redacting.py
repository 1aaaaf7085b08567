"""Taking a stretch out of what is known of a recording: words before they are kept, and after.

A redaction reaches to the ends of the sentences that it touches, so that what is left are whole
sentences and the same is left however often the recording is processed. Where nobody had read the
recording when it was written, it is open: its sentences are found whenever the recording is read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from transcripts.claim import Claim
from transcripts.finding import Finding
from transcripts.keeping import Redaction
from transcripts.meeting import Person
from transcripts.minutes import MinutesVersion
from transcripts.motion import Motion
from transcripts.processed import (
    Coverage,
    FindingsVersion,
    Gap,
    ProcessedTranscript,
)
from transcripts.public_names import spoken_public_names
from transcripts.record import finished_findings, finished_transcript
from transcripts.words import (
    UNKNOWN_VOICE,
    Attribution,
    Reason,
    Segment,
    Sentence,
    Utterance,
    Word,
)

WHY = "redacted on a person's decision"
GONE = "[redacted]"
Span = tuple[float, float]


def spans_of(
    redactions: Iterable[Redaction], recording_sha256: str, *, whole: bool | None = None
) -> tuple[Span, ...]:
    """The stretches to take out of a recording, in order; all, or those that are ``whole``."""
    found = {
        (r.start_s, r.end_s)
        for r in redactions
        if r.recording_sha256 == recording_sha256 and whole in (None, r.whole)
    }
    return tuple(sorted(found))


def widened(sentences: Collection[Sentence], span: Span) -> Span | None:
    """The stretch with all of every sentence that it touches; None where it touches none."""
    start, end = span
    if not any(_touches(span, s.start_s, s.end_s) for s in sentences):
        return None
    while True:
        touched = [s for s in sentences if _touches((start, end), s.start_s, s.end_s)]
        wide = (
            min([start, *(s.start_s for s in touched)]),
            max([end, *(s.end_s for s in touched)]),
        )
        if wide == (start, end):
            return wide
        start, end = wide


def without(regions: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Where somebody speaks, without the stretches: nobody listens there."""
    left = list(regions)
    for start, end in spans:
        cut = []
        for a, b in left:
            cut += [(a, min(b, start)), (max(a, end), b)]
        left = [(a, b) for a, b in cut if b > a]
    return left


def unsaid(segments: Iterable[Segment], spans: Sequence[Span]) -> list[Segment]:
    """What was recognised or captioned, without the words of the stretches."""
    if not spans:
        return list(segments)
    out = []
    for segment in segments:
        words = _left(segment.words, spans)
        if words:
            out.append(replace(segment, words=words))
    return out


def without_sentences(
    spoken: Sequence[Utterance], sentences: Sequence[Sentence], spans: Sequence[Span]
) -> tuple[list[Utterance], list[Sentence], list[Span]]:
    """What is left without every sentence that a stretch touches, and the stretches with those."""
    wide = [widened(sentences, span) or span for span in spans]
    gone = {s.id for s in sentences if _in(wide, s.start_s, s.end_s)}
    divided: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        divided.setdefault(sentence.utterance_id, []).append(sentence)
    left = ((u, _words_left(u, divided.get(u.id, []), gone)) for u in spoken)
    kept = [replace(u, words=words) for u, words in left if words]
    return kept, [s for s in sentences if s.id not in gone], wide


def _words_left(
    utterance: Utterance, divided: Sequence[Sentence], gone: Collection[str]
) -> tuple[Word, ...]:
    """The words of the sentences that stay; each sentence is its words joined by one space."""
    at, left = 0, list[Word]()
    for sentence in divided:
        first, length = at, len(sentence.text) + 1
        while length > 0:
            length -= len(utterance.words[at].text) + 1
            at += 1
        left += () if sentence.id in gone else utterance.words[first:at]
    return tuple(left)


def gaps_of(spans: Sequence[Span]) -> list[Gap]:
    """How the stretches stand in the coverage."""
    return [Gap(start, end, WHY) for start, end in spans]


def redacted(
    part: ProcessedTranscript, spans: Sequence[Span], people: Sequence[Person]
) -> ProcessedTranscript:
    """The same transcript, findings and vectors without what was said in the stretches."""
    said = part.transcript
    gone = {s.id for s in said.sentences if _in(spans, s.start_s, s.end_s)}
    texts = {s.text for s in said.sentences if s.id in gone}
    utterances = _utterances(said.utterances, spans)
    sentences = tuple(s for s in said.sentences if s.id not in gone)
    touched = [(u.start_s, u.end_s) for u in said.utterances if _in(spans, u.start_s, u.end_s)]
    attributions = tuple(_attribution(a, touched, texts) for a in said.attributions)
    transcript = finished_transcript(
        replace(
            said,
            utterances=utterances,
            sentences=sentences,
            attributions=attributions,
            coverage=_coverage(said.coverage, utterances, sentences, attributions, spans),
            public_names=spoken_public_names(utterances, attributions, people),
        )
    )
    rows = [n for n, s in enumerate(said.sentences) if s.id not in gone]
    vectors = part.vectors[rows] if len(part.vectors) else part.vectors
    findings = _findings(part.findings, transcript.version, gone)
    return replace(part, transcript=transcript, findings=findings, vectors=vectors)


def _touches(span: Span, start_s: float, end_s: float) -> bool:
    """Whether something said from ``start_s`` to ``end_s`` has a part in the stretch."""
    start, end = span
    return start_s < end and (end_s > start or start_s >= start)


def _in(spans: Sequence[Span], start_s: float, end_s: float) -> bool:
    return any(_touches(span, start_s, end_s) for span in spans)


def _left(words: Sequence[Word], spans: Sequence[Span]) -> tuple[Word, ...]:
    return tuple(w for w in words if not _in(spans, w.start_s, w.end_s))


def _utterances(spoken: Sequence[Utterance], spans: Sequence[Span]) -> tuple[Utterance, ...]:
    left = ((u, _left(u.words, spans)) for u in spoken)
    return tuple(replace(u, words=words) for u, words in left if words)


def _attribution(found: Attribution, touched: Sequence[Span], texts: set[str]) -> Attribution:
    """The name stays; of the evidence for it, what was said in the stretch is no longer told."""

    def told(reason: Reason) -> Reason:
        said_there = any(start <= reason.start_s < end for start, end in touched)
        quoted = any(text in reason.quote or reason.quote in text for text in texts)
        return replace(reason, quote=GONE) if said_there or quoted else reason

    return replace(found, reasons=tuple(map(told, found.reasons)))


def _coverage(
    before: Coverage,
    utterances: Sequence[Utterance],
    sentences: Sequence[Sentence],
    attributions: Sequence[Attribution],
    spans: Sequence[Span],
) -> Coverage:
    named = {a.voice for a in attributions if a.name}
    cut_s = sum(end - start for start, end in spans)
    known = [g for g in before.gaps if g.why == WHY and any(_holds(g, s) for s in spans)]
    fresh = gaps_of([s for s in spans if not any(_holds(g, s) for g in known)])
    gaps = [*(g for g in before.gaps if g.why != WHY), *known, *fresh]
    return replace(
        before,
        transcribed_s=max(0.0, before.transcribed_s - cut_s),
        words=sum(len(u.words) for u in utterances),
        words_with_voice=sum(len(u.words) for u in utterances if u.voice != UNKNOWN_VOICE),
        words_named=sum(len(u.words) for u in utterances if u.voice in named),
        sentences=len(sentences),
        sentences_in_items=sum(1 for s in sentences if s.item),
        gaps=tuple(sorted(gaps, key=lambda g: (g.start_s, g.end_s))),
    )


def _holds(gap: Gap, span: Span) -> bool:
    return gap.start_s <= span[0] and span[1] <= gap.end_s


def _findings(before: FindingsVersion, transcript: str, gone: set[str]) -> FindingsVersion:
    findings = tuple(f for f in (_finding(f, gone) for f in before.findings) if f)
    known = {f.id for f in findings}
    return finished_findings(
        replace(
            before,
            transcript_version=transcript,
            findings=findings,
            motions=tuple(m for m in before.motions if _whole(m, known, gone)),
            claims=tuple(c for c in before.claims if not _told_by(c, gone)),
        )
    )


def _finding(found: Finding, gone: set[str]) -> Finding | None:
    """None where its own sentence is gone; without the particulars that another one gave."""
    if found.sentence_id in gone:
        return None
    slots = tuple(s for s in found.slots if s.sentence_id not in gone)
    if len(slots) == len(found.slots):
        return found
    return replace(found, slots=slots, addressee="", due="")


def _whole(motion: Motion, known: set[str], gone: set[str]) -> bool:
    """A motion of which an act is gone would tell what it was: it goes with it."""
    return motion.finding_id in known and not any(a.sentence_id in gone for a in motion.acts)


def without_points(minutes: MinutesVersion, ids: Collection[str]) -> MinutesVersion:
    """The same minutes without these points, also where others tell what their item is about."""
    gone = [p for p in minutes.points if p.id in ids]
    if not gone:
        return minutes
    items = {(p.item, p.item_title) for p in gone}
    points = tuple(
        replace(p, about=p.item_title) if p.about and (p.item, p.item_title) in items else p
        for p in minutes.points
        if p.id not in ids
    )
    note = f"{len(gone)} point{'s'[: len(gone) != 1]} {WHY}"
    return replace(
        minutes,
        points=points,
        matches=tuple(m for m in minutes.matches if m.point_id not in ids),
        left_out=(*minutes.left_out, note),
        version="",
    )


def _told_by(claim: Claim, gone: set[str]) -> bool:
    return claim.sentence_id in gone or any(s in gone for s in claim.about)
