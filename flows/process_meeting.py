"""The flow that makes a searchable record of one meeting, from sound or captions."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prefect import flow

from flows import stages
from flows.carrying import carried_over
from flows.handed import Handed
from flows.heard import Heard, Said
from flows.plan import PRIVACY, Plan, Source, described, kept_in, stage_key
from flows.progress import Step, report
from flows.reading import Readings
from flows.recognition import Piece
from flows.voiced import BySound, voiced
from matters_arising.errors import BadInputError, BusyError, MattersArisingError, MediaError
from models.reader.account import Reading
from models.regions import pieces
from transcripts.keeping import kept_of
from transcripts.ledger import Ledger
from transcripts.meeting import Recording
from transcripts.open_session import WHY as CLOSED
from transcripts.processed import Gap, ProcessedMeeting, ProcessedTranscript, Transcript
from transcripts.record import Record
from transcripts.redacting import gaps_of, unsaid, without
from transcripts.sound import Decoded

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture

logger = logging.getLogger(__name__)

ABOUT_S = 60.0  # a sentence that an open stretch touches begins and ends within so much of it


@flow(
    name="process-meeting",
    flow_run_name="{given.value.meeting.id}",
    validate_parameters=False,
    persist_result=False,
)
def process_meeting(
    given: Handed[Plan], home: Path
) -> tuple[ProcessedMeeting, list[str], Reading | None]:
    """Makes the record of one meeting; gives it back with what went wrong on the way.

    For each way to the words (sound, captions): 1 decode, 2 find speech, 3 recognise or read,
    4 tell voices apart, 5 put words to voices and names, 6 encode, 7 find findings, if wanted with
    a language model. Then 8 keep it all, and throw the decoded sound away.
    """
    plan = given.value
    made = understand(plan, home)
    return keep(plan, made, home), made.told, made.reading


@dataclass(frozen=True, slots=True)
class Understood:
    """What was made of a meeting and is not kept yet; ``told`` is what went wrong on the way."""

    processed: ProcessedMeeting
    told: list[str]
    reading: Reading | None = None

    def key(self, plan: Plan) -> str:
        """Under which the run is kept: another than the plan's where it is to be read on."""
        unfinished = self.reading is not None and not self.reading.complete
        return f"{plan.key}, to be read on" if unfinished else plan.key


def understand(plan: Plan, home: Path) -> Understood:
    """Steps 1 to 7, for each way to the words, and no decoded sound left."""
    parts: dict[Source, ProcessedTranscript] = {}
    faults: list[MattersArisingError] = []
    told: list[str] = []
    readings = Readings(plan, home)
    # the preferred way first: what a language model is asked about is only the best that worked
    for source in sorted(plan.sources, key=lambda s: not s.preferred):
        try:
            parts[source], doubts = process_source(plan, source, home, readings)
            told += [d for d in doubts if d not in told]  # sound and captions share a seat log
        except MattersArisingError as fault:
            faults.append(fault)
    if not parts:
        raise faults[0]
    in_order = _one_preferred([parts[s] for s in plan.sources if s in parts])
    processed = ProcessedMeeting(meeting=plan.meeting, transcripts=in_order)
    for source in plan.sources:
        sound_file(home, source.recording).unlink(missing_ok=True)
    return Understood(processed, [*map(str, faults), *told], readings.account())


def hear(plan: Plan, home: Path) -> None:
    """Steps 1 to 4 wherever there is sound: what is kept of them is all that comes of it.

    What cannot be decoded is told by whoever makes the rest, and meets it too. A fault of this
    machine is raised: what it could not recognise another may.
    """
    for source in plan.sources:
        pcm = sound_file(home, source.recording)
        try:
            heard = listen(plan, source, pcm)
            if source.kind == "speech":
                recognise(plan, source, heard, pcm)
        except BadInputError as fault:
            logger.info("%s: %s", plan.meeting.id, fault)
        finally:
            pcm.unlink(missing_ok=True)


def keep(plan: Plan, made: Understood, home: Path) -> ProcessedMeeting:
    """Step 8: what was made goes into the record, people's decisions with it."""
    check_still_wanted(plan, home)
    made.told.extend(carried_over(home, made.processed))
    Record(home).save(made.processed, made.key(plan))
    if any(_has_closed_part(p.transcript) for p in made.processed.transcripts):
        Record(home).forget_earlier(plan.meeting.id)  # it may have been cut less well
    made.told.extend(made.reading.faults if made.reading else [])
    return made.processed


def process_source(
    plan: Plan, source: Source, home: Path, readings: Readings
) -> tuple[ProcessedTranscript, tuple[str, ...]]:
    """Steps 1 to 7 for one way to the words of one recording; what could not be used beside it."""
    tools = plan.tools
    pcm = sound_file(home, source.recording)
    heard = listen(plan, source, pcm)
    said = read(plan, source) if source.kind == "captions" else recognise(plan, source, heard, pcm)
    _say(plan, "naming voices")
    made_from = (
        PRIVACY,
        *(source.sha256, source.captions_sha256, source.seat_log_sha256, described(plan.meeting)),
        *stages.transcript_engines(plan, source, heard),
        *(plan.known if stages.listens(plan, source, heard) else ()),
        *plan.spans(source),
        *([["open", *opened]] if (opened := plan.open_spans(source)) else []),
    )
    transcript_key = stage_key(source, "transcript", *made_from)
    transcript = stages.write_transcript(transcript_key, plan, source, heard, said, pcm, home)
    _say(plan, "encoding sentences")
    vectors = stages.encode_sentences(
        stage_key(source, "vectors", transcript.version, tools.engine("vectors")),
        tools,
        transcript,
    )
    quotes = readings.read(source, transcript)
    _say(plan, "looking for findings")
    findings = stages.find_findings(
        stage_key(
            source,
            "findings",
            transcript.version,
            plan.meeting.date,
            tools.engine("vectors"),
            tools.engine("findings"),
            *([] if quotes is None else [tools.engine("reader"), quotes]),
        ),
        plan,
        transcript,
        vectors,
        quotes,
    )
    if _has_closed_part(transcript):
        forget_words(plan, source, heard, home)
        forget_earlier(home, transcript_key)
    done = ProcessedTranscript(
        transcript=transcript,
        findings=findings,
        vectors=vectors,
        vectors_engine=tools.engine("vectors"),
        preferred=source.preferred,
    )
    return done, heard.faults


def check_still_wanted(plan: Plan, home: Path) -> None:
    """BusyError where something was redacted or purged since the plan was made; nothing is kept."""
    kept = kept_of(Ledger(home).standing(), plan.meeting.id)
    if kept.redactions == plan.redactions and not kept.purged:
        return
    for source in plan.sources:
        shutil.rmtree(home.absolute() / "cache" / kept_in(source.sha256), ignore_errors=True)
    raise BusyError(
        f"something of {plan.meeting.id} was redacted or purged while it was processed, so this "
        "run of it is thrown away: run the same command again"
    )


def forget_words(plan: Plan, source: Source, heard: Heard, home: Path) -> None:
    """Throws away the kept words of a recording that held a closed session.

    What was said there must not stay on disk, also not as the result of a stage.
    """
    keys = [piece_key(plan, source, piece) for piece in pieces(heard.regions)]
    for key in [*keys, captions_key(plan, source)]:
        (home.absolute() / "cache" / key).unlink(missing_ok=True)


def forget_earlier(home: Path, transcript_key: str) -> None:
    """Throws away what was kept of the other transcripts of a recording that held one.

    They may have been cut less well. All that stands on their words goes with them, also what
    stands on this one's, which is made again where it is wanted.
    """
    mine = home.absolute() / "cache" / transcript_key
    earlier = set(mine.parent.glob("transcript-*")) - {mine}
    made = [p for name in ("vectors", "findings", "read") for p in mine.parent.glob(f"{name}-*")]
    for path in [*earlier, *made] if earlier else []:
        path.unlink(missing_ok=True)


def _has_closed_part(transcript: Transcript) -> bool:
    return any(gap.why == CLOSED for gap in transcript.coverage.gaps)


def piece_key(plan: Plan, source: Source, piece: Piece) -> str:
    """What the words of a piece depend on."""
    engines = plan.tools.engine("regions"), plan.tools.engine("speech")
    return stage_key(source, "piece", source.recording.sha256, *engines, piece)


def captions_key(plan: Plan, source: Source) -> str:
    """What the words of a captions file depend on."""
    return stage_key(source, "captions", source.captions_sha256, *plan.spans(source))


def listen(plan: Plan, source: Source, pcm: Path) -> Heard:
    """What the sound alone tells: how long it is, where somebody speaks, which voice when.

    Captions whose recording cannot be decoded are used without it, and the gap is recorded. To
    what is redacted nobody listens, but where its sentences have to be found first.
    """
    tools, sha, spans = plan.tools, source.recording.sha256, plan.spans(source)
    if not sha:
        return voiced(plan, source, Heard(gaps=tuple(gaps_of(spans))), None)
    try:
        decoded = _decoded(plan, source, pcm)
    except MediaError as fault:
        if source.kind != "captions":
            raise
        gaps = (Gap(0.0, 0.0, str(fault)), *gaps_of(spans))
        return voiced(plan, source, Heard(gaps=gaps), None)
    _say(plan, "finding speech")
    found = stages.find_regions(
        stage_key(source, "regions", sha, tools.engine("regions")), tools, source, pcm
    )
    regions = without(found, spans)
    _say(plan, "telling voices apart")
    engine = tools.engine("turns")
    key = stage_key(source, "turns", sha, tools.engine("regions"), engine, *spans)
    turns = stages.find_turns(key, tools, source, pcm, regions)
    gaps = (*decoded.gaps, *gaps_of(spans))
    heard = Heard(decoded.duration_s, tuple(regions), gaps=gaps)
    return voiced(plan, source, heard, BySound(engine, turns))


def recognise(plan: Plan, source: Source, heard: Heard, pcm: Path) -> Said:
    """The words of the sound, a piece at a time, each kept as soon as it is there."""
    cut = pieces(heard.regions)
    total = sum(b - a for piece in cut for a, b in piece)
    futures = [_submitted(plan, source, piece, pcm) for piece in cut]
    segments, gaps, done = [], [], 0.0
    try:
        for piece, future in zip(cut, futures, strict=True):
            words, missing = future.result()
            segments += words
            gaps += missing
            done += sum(b - a for a, b in piece)
            report(Step(plan.meeting.id, "recognising speech", done, total))
    except MattersArisingError:
        for future in futures:  # the rest would be recognised beside what comes next, for nothing
            future.wrapped_future.cancel()  # type: ignore[attr-defined]  # each runner's has one
        raise
    return Said(tuple(unsaid(segments, plan.spans(source))), tuple(gaps))


def _submitted(
    plan: Plan, source: Source, piece: Piece, pcm: Path
) -> PrefectFuture[stages.Recognised]:
    """A piece on its way to its words; those about a stretch that is open are kept nowhere."""
    about = [(start - ABOUT_S, end + ABOUT_S) for start, end in plan.open_spans(source)]
    if any(a < end and b > start for a, b in piece for start, end in about):
        return stages.recognise_unkept.submit(plan.tools, source, pcm, piece)
    key = piece_key(plan, source, piece)
    return stages.recognise_piece.submit(key, plan.tools, source, pcm, piece)


def read(plan: Plan, source: Source) -> Said:
    """The words of the captions; of those with a stretch that is open nothing is kept."""
    _say(plan, "reading captions")
    key, spans = captions_key(plan, source), plan.spans(source)
    one = stages.read_caption_file.fn if plan.open_spans(source) else stages.read_caption_file
    return Said(tuple(one(key, source, spans)), ())


def sound_file(home: Path, recording: Recording) -> Path:
    """Where a recording's decoded sound lies while it is worked on."""
    return home.absolute() / "work" / f"{recording.sha256[:32]}.pcm"


def _decoded(plan: Plan, source: Source, pcm: Path) -> Decoded:
    _say(plan, "decoding")
    return stages.decode_recording(
        stage_key(source, "decode", source.recording.sha256), source, pcm
    )


def _say(plan: Plan, stage: str) -> None:
    report(Step(plan.meeting.id, stage))


def _one_preferred(parts: Sequence[ProcessedTranscript]) -> tuple[ProcessedTranscript, ...]:
    """Where the preferred source of a recording failed, the other one takes its place."""
    chosen = {p.transcript.recording_sha256 for p in parts if p.preferred}
    out = []
    for part in parts:
        sha = part.transcript.recording_sha256
        if sha not in chosen:
            chosen.add(sha)
            part = replace(part, preferred=True)
        out.append(part)
    return tuple(out)
