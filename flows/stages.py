"""The stages of a meeting as Prefect tasks: each a few lines over a tested function.

Every stage is kept under a key of all that it depends on, so a killed run goes on where it
stopped and a run with one new engine repeats only what hangs on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from flows.heard import Heard, Said
from flows.known import like_known_voices
from flows.limits import may_recognise
from flows.plan import Plan, Source, words_engine
from flows.recognition import Piece, recognise
from flows.results import stage, unkept
from models.guards import in_doubt
from models.known_voices import voice_engine
from models.reader.account import PartReading, ReadQuote
from models.reader.lines import Part
from models.sentences import sentences
from models.toolbox import Toolbox
from transcripts.captions import read_captions
from transcripts.captions_voices import caption_utterances
from transcripts.coverage import compared, measure
from transcripts.executives import is_executive
from transcripts.items import assign_items
from transcripts.meeting import Engine, Meeting
from transcripts.open_session import open_part, parted
from transcripts.processed import FindingsVersion, Gap, Transcript
from transcripts.public_names import spoken_public_names
from transcripts.record import finished_findings, finished_transcript
from transcripts.redacting import Span, gaps_of, unsaid, without_sentences
from transcripts.sound import Decoded, PcmSound, decode
from transcripts.utterances import utterances
from transcripts.voiceless import Reasons
from transcripts.words import Segment, Turn, Utterance

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Region = tuple[float, float]
Recognised = tuple[list[Segment], list[Gap]]


@stage("decode")
def decode_recording(key: str, source: Source, pcm: Path) -> Decoded:
    """Sound as 16 kHz mono on disk, and what could not be decoded."""
    pcm.parent.mkdir(parents=True, exist_ok=True)
    return decode(Path(source.recording.path), pcm)


@stage("regions")
def find_regions(key: str, tools: Toolbox, source: Source, pcm: Path) -> list[Region]:
    """Where somebody speaks."""
    return tools.regions().find(sound(source, pcm))


@stage("piece")
def recognise_piece(
    key: str, tools: Toolbox, source: Source, pcm: Path, piece: Piece
) -> Recognised:
    """The words of a minute or two."""
    sound(source, pcm)
    with may_recognise():
        return recognise(tools, pcm, piece)


@unkept("piece")
def recognise_unkept(tools: Toolbox, source: Source, pcm: Path, piece: Piece) -> Recognised:
    """The same of a piece in which something is to be taken out: it is never on the disk."""
    return recognise_piece.fn("", tools, source, pcm, piece)


@stage("captions")
def read_caption_file(key: str, source: Source, redacted: Sequence[Span] = ()) -> list[Segment]:
    """The words of a captions file, without what is redacted."""
    return unsaid(read_captions(Path(source.recording.captions)), redacted)


@stage("turns")
def find_turns(
    key: str, tools: Toolbox, source: Source, pcm: Path, regions: Sequence[Region]
) -> list[Turn]:
    """Who spoke when, as voices without names."""
    return tools.turns().find(sound(source, pcm), regions)


def sound(source: Source, pcm: Path) -> PcmSound:
    """The decoded sound; decoded again where a finished run has already thrown it away."""
    if not pcm.exists():
        pcm.parent.mkdir(parents=True, exist_ok=True)
        decode(Path(source.recording.path), pcm)
    return PcmSound(pcm)


@stage("transcript")
def write_transcript(
    key: str, plan: Plan, source: Source, heard: Heard, said: Said, pcm: Path, home: Path
) -> Transcript:
    """Words put to voices, voices to names, sentences to agenda items; coverage measured."""
    tools, meeting = plan.tools, plan.meeting
    spoken, tags = _utterances(source, heard, said)
    spoken = tools.names_repaired(meeting, spoken)
    spoken, shut = parted(spoken)
    spoken, divided = assign_items(meeting, spoken, sentences(spoken))
    spoken, divided, closed = open_part(meeting, spoken, divided, shut)
    spoken, divided, gone = without_sentences(spoken, divided, plan.open_spans(source))
    known = (
        like_known_voices(home, plan.known, sound(source, pcm), heard.turns, spoken)
        if listens(plan, source, heard)
        else []
    )
    attributions = tools.names().name(meeting, spoken, tags=tags, seats=heard.seats, known=known)
    coverage = measure(
        duration_s=heard.duration_s,
        regions=heard.regions,
        utterances=spoken,
        sentences=divided,
        attributions=attributions,
        gaps=[*heard.gaps, *said.gaps, *closed, *gaps_of(gone), *in_doubt(spoken)],
    )
    if source.kind == "captions":
        coverage = compared(coverage, spoken, heard.regions)
    return finished_transcript(
        Transcript(
            meeting_id=meeting.id,
            recording_sha256=source.sha256,
            source=source.kind,
            engines=transcript_engines(plan, source, heard),
            turns=tuple(heard.turns),
            utterances=tuple(spoken),
            sentences=tuple(divided),
            attributions=tuple(attributions),
            coverage=coverage,
            public_names=spoken_public_names(spoken, attributions, meeting.people),
        )
    )


def listens(plan: Plan, source: Source, heard: Heard) -> bool:
    """Whether there are enrolled voices to listen for, and sound in which they could be heard."""
    return bool(plan.known and source.recording.sha256 and heard.turns and heard.regions)


def transcript_engines(plan: Plan, source: Source, heard: Heard) -> tuple[Engine, ...]:
    """The engines behind a transcript."""
    engines = plan.tools.engines_for(words_engine(source, plan.tools), heard.turns_engines)
    return (*engines, voice_engine()) if listens(plan, source, heard) else engines


def _utterances(
    source: Source, heard: Heard, said: Said
) -> tuple[list[Utterance], dict[str, tuple[str, ...]]]:
    """Words put to voices, and the names that captions gave to some of them."""
    prefix, reasons = source.sha256[:12], Reasons(heard.regions, heard.by_log)
    if source.kind == "captions":
        return caption_utterances(said.segments, heard.turns, prefix=prefix, reasons=reasons)
    return utterances(said.segments, heard.turns, prefix=prefix, reasons=reasons), {}


@stage("vectors")
def encode_sentences(key: str, tools: Toolbox, transcript: Transcript) -> NDArray[np.float32]:
    """A unit vector a sentence."""
    return tools.vectors().encode([s.text for s in transcript.sentences])


@stage("read")
def read_part(key: str, tools: Toolbox, part: Part) -> PartReading:
    """What a language model points at in a part of the meeting; not kept where it fails."""
    return tools.reader_adapter().read(part)


@stage("findings")
def find_findings(
    key: str,
    plan: Plan,
    transcript: Transcript,
    vectors: NDArray[np.float32],
    read: Sequence[ReadQuote] | None = None,
) -> FindingsVersion:
    """Concerns, recommendations and the rest, each with its quote; motions; claims of what became.

    ``read`` is what a language model pointed at; None where none was asked.
    """
    tools = plan.tools
    rule = tools.reader.rule if tools.reader else ""
    finder = tools.findings(plan.meeting.date)
    recording, sentences = transcript.recording_sha256, transcript.sentences
    chair = voice_of(plan.meeting.chair, transcript)
    movers = voices_of_members(plan.meeting, transcript)
    found = finder.understand(recording, sentences, vectors, read or (), rule, chair, movers)
    claims = tools.claims(plan.meeting.date).find(recording, sentences, vectors, found.follows)
    tasks = ("findings", "vectors") if read is None else ("findings", "vectors", "reader")
    return finished_findings(
        FindingsVersion(
            transcript_version=transcript.version,
            engines=tuple(tools.engine(task) for task in tasks),
            findings=tuple(found.findings),
            # what the executive resolves is a decision, not a recommendation
            motions=() if is_executive(plan.meeting.committee) else tuple(found.motions),
            claims=tuple(claims),
        )
    )


def voices_of_members(meeting: Meeting, transcript: Transcript) -> frozenset[str]:
    """The voices named as members of the committee; empty where some voice has no name."""
    members = {p.name for p in meeting.people if p.kind in ("councillor", "coopted")}
    if not all(a.name or a.kind == "public" for a in transcript.attributions):
        return frozenset()  # an unnamed voice may be a member's
    return frozenset(a.voice for a in transcript.attributions if a.name in members)


def voice_of(name: str, transcript: Transcript) -> str:
    """The voice that was given this name; empty where none was, or more than one."""
    voices = [a.voice for a in transcript.attributions if name and a.name == name]
    return voices[0] if len(voices) == 1 else ""
