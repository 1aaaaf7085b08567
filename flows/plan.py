"""What is to be done for a meeting, and by which engines: decided before any work starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from flows.known import known_for
from matters_arising.errors import BadInputError, MediaError
from models.known_voices import voice_engine
from models.toolbox import Toolbox
from transcripts.captions import captions_engine
from transcripts.enrolled import Enrolled
from transcripts.keeping import Redaction
from transcripts.meeting import Engine, Meeting, Recording
from transcripts.processed import content_hash
from transcripts.redacting import Span, spans_of
from transcripts.whole import sha256_of

FORMAT = 1  # raised when the shape of a kept result changes, so that old ones are made again
# raised when other words are cut or withheld than before (open_session, public_names), so that
# every meeting is gone through again; what was recognised stays
PRIVACY = 2


@dataclass(frozen=True, slots=True)
class Source:
    """One way to the words of a recording: its sound, or the captions that came with it."""

    kind: str
    recording: Recording
    captions_sha256: str = ""
    preferred: bool = True
    seat_log_sha256: str = ""

    @property
    def sha256(self) -> str:
        """What identifies the recording: its own hash, or its captions' where it has no sound."""
        return self.recording.sha256 or self.captions_sha256


@dataclass(frozen=True, slots=True)
class Plan:
    """A meeting with its sources. ``key`` changes when anything its result depends on does.

    ``known`` are the ids of the enrolled voices that are listened for, never the voices: a plan is
    a parameter of a flow, and those are written down.
    """

    meeting: Meeting
    sources: tuple[Source, ...]
    tools: Toolbox
    key: str
    known: tuple[str, ...] = ()
    redactions: tuple[Redaction, ...] = ()

    def spans(self, source: Source) -> tuple[Span, ...]:
        """The stretches of a source's recording that are taken out as they are."""
        return spans_of(self.redactions, source.sha256, whole=True)

    def open_spans(self, source: Source) -> tuple[Span, ...]:
        """Those of which the sentences that they touch are found as the recording is read."""
        return spans_of(self.redactions, source.sha256, whole=False)


def make_plan(
    meeting: Meeting,
    tools: Toolbox,
    enrolled: Sequence[Enrolled] = (),
    redactions: Sequence[Redaction] = (),
) -> Plan:
    """Hashes the files and settles which of sound and captions are used, and which comes first.

    ``enrolled`` are the voices of other meetings that may be listened for, ``redactions`` what is
    to be taken out of this one.
    """
    recordings = tuple(_hashed(r) for r in meeting.recordings)
    if not recordings:
        raise MediaError(
            f"meeting {meeting.id} names no recording and no captions: "
            "add a [[recordings]] table with a file to its meeting.toml"
        )
    meeting = replace(meeting, recordings=recordings)
    sources = tuple(source for r in recordings for source in _sources(r, tools))
    limits = [tools.reader.budget] if tools.reader else []  # a larger budget reads on
    known = known_for(meeting, enrolled)
    made_from = (described(meeting), sources_key(sources), tools.engines(), *limits)
    key = redacted_key(content_hash(FORMAT, PRIVACY, *made_from, *known_key(known)), redactions)
    _check_redactions(meeting.id, sources, redactions)
    return Plan(meeting, sources, tools, key, known, tuple(redactions))


def redacted_key(key: str, redactions: Sequence[Redaction]) -> str:
    """The key of a run from which stretches are taken out, by the key that it has without that."""
    bare = key.partition("-")[0]
    spans = sorted(
        {
            (r.recording_sha256, r.start_s, r.end_s, *([] if r.whole else ["open"]))
            for r in redactions
        }
    )
    return f"{bare}-{content_hash(spans)}" if spans else bare


def _check_redactions(
    meeting_id: str, sources: Sequence[Source], redactions: Sequence[Redaction]
) -> None:
    """BadInputError where what was redacted lies somewhere else now, in another recording.

    A redaction of the newest recordings settles those of earlier ones.
    """
    here = {s.sha256 for s in sources}
    last = max((n for n, r in enumerate(redactions) if r.recording_sha256 in here), default=-1)
    for lost in redactions[last + 1 :]:
        raise BadInputError(
            f"the recording of {meeting_id} is not the one in which {lost.start_s:.0f} to "
            f"{lost.end_s:.0f} s were redacted, and where that lies in this one nobody can tell: "
            f"say so with matters redact {meeting_id} --recording FILE --from … --to …, or take "
            f"it back with matters decide undo {lost.line}"
        )


def described(meeting: Meeting) -> Meeting:
    """The meeting without the paths of its files: moving a folder changes nothing."""
    bare = tuple(replace(r, path="", captions="", seat_log="") for r in meeting.recordings)
    return replace(meeting, recordings=bare)


def sources_key(sources: tuple[Source, ...]) -> list[tuple[str, str, str, bool, str]]:
    """What of the sources the result depends on."""
    return [
        (s.kind, s.recording.sha256, s.captions_sha256, s.preferred, s.seat_log_sha256)
        for s in sources
    ]


def known_key(known: tuple[str, ...]) -> list[object]:
    """What of the enrolled voices the result depends on; nothing where none is listened for."""
    return [list(known), voice_engine()] if known else []


def words_engine(source: Source, tools: Toolbox) -> Engine:
    """What the words of a source are from: the recogniser, or its captions file by its hash."""
    if source.kind == "captions":
        return captions_engine(Path(source.recording.captions))
    return tools.engine("speech")


def stage_key(source: Source, stage: str, *parts: object) -> str:
    """The name under which a stage's result is kept: all that it depends on, hashed.

    Those of one recording lie in one folder, so that they can be taken off the disk.
    """
    return f"{kept_in(source.sha256)}/{stage}-{content_hash(FORMAT, stage, *parts)}"


def kept_in(recording_sha256: str) -> str:
    """The folder in which the results of a recording's stages lie, under ``cache``."""
    return recording_sha256[:32]


def _hashed(recording: Recording) -> Recording:
    if not recording.path:
        return recording
    path = Path(recording.path)
    return replace(recording, sha256=_sum(path, f"there is no recording {path}"))


def _sum(path: Path, missing: str) -> str:
    """The hash of a file that a meeting stands on; MediaError where it is not there, or unreadable.

    Where a disk fails while it is read, the system does not say which file it was.
    """
    try:
        if not path.is_file():
            raise MediaError(missing)
        return sha256_of(path)
    except OSError as fault:
        raise MediaError(
            f"{path} cannot be read ({fault.strerror or fault}): mend its rights or the disk it "
            "lies on, or copy it here again, and run the same command again"
        ) from fault


def _sources(recording: Recording, tools: Toolbox) -> list[Source]:
    """Captions come before the embedded recogniser, and after Whisper, which hears better."""
    sources = []
    if recording.captions:
        path = Path(recording.captions)
        found = _sum(path, f"there is no captions file {path}, which the meeting names")
        sources.append(Source("captions", recording, captions_sha256=found))
    if recording.sha256 and tools.speech != "captions":
        first = not sources or tools.speech_choice().name != "sphinx"
        sources = [replace(s, preferred=not first) for s in sources]
        sources.append(Source("speech", recording, preferred=first))
    if not sources:
        raise MediaError(
            f"there is nothing to transcribe in {recording.path or 'the recording'}: "
            "captions were asked for and it has none"
        )
    log = _log_sha256(recording)
    return [replace(s, seat_log_sha256=log) for s in sources]


def _log_sha256(recording: Recording) -> str:
    """The hash of its seat log; a log that is not there is a fault only once it is read."""
    path = Path(recording.seat_log)
    return _sum(path, "") if recording.seat_log and path.is_file() else recording.seat_log and "-"
