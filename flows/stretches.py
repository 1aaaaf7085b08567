"""Which recording a stretch is of, and whether anything in it can be taken out.

A stretch that touches nothing would be told as done, and what it was meant for would stay: a
mistyped time is refused before a line is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matters_arising.errors import BadInputError, MattersArisingError
from transcripts.captions import read_captions
from transcripts.media import length_s
from transcripts.processed import ProcessedMeeting, Transcript
from transcripts.redacting import WHY as REDACTED
from transcripts.redacting import Span, widened
from transcripts.times import clock
from transcripts.whole import sha256_of


@dataclass(frozen=True, slots=True)
class Stretch:
    """What to redact: seconds within one recording of a meeting.

    ``recording`` is a file where the archive does not know it yet, or where there are several.
    """

    meeting_id: str
    start_s: float
    end_s: float
    recording: Path | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """A recording, by its hash, what was heard in it, and the stretch with whole sentences.

    Nothing is heard in one that is not processed yet: its sentences are found when it is.
    """

    recording_sha256: str
    heard: tuple[Transcript, ...]
    span: Span


def meant(processed: ProcessedMeeting, stretch: Stretch) -> Meant:
    """What a stretch takes out; BadInputError where that is nothing, or no recording."""
    if stretch.end_s <= stretch.start_s:
        raise BadInputError("a redaction must end after it begins")
    said = [p.transcript for p in processed.transcripts]
    sha = _recording(processed, said, stretch)
    heard = tuple(t for t in said if t.recording_sha256 == sha)
    asked = (stretch.start_s, stretch.end_s)
    if not heard:
        if stretch.recording is not None:
            _within(asked, _length_of(stretch.recording), f"{stretch.recording}")
        return Meant(sha, heard, asked)
    _within(asked, max(map(_length, heard)), f"the recording of {stretch.meeting_id}")
    wide = widened([s for t in heard for s in t.sentences], asked)
    if wide is None:
        raise BadInputError(_nothing_there(stretch, heard))
    return Meant(sha, heard, wide)


def _recording(processed: ProcessedMeeting, said: Sequence[Transcript], stretch: Stretch) -> str:
    """The hash of the recording that is meant; of captions with sound it is that of the sound."""
    if stretch.recording is not None:
        if not stretch.recording.is_file():
            raise BadInputError(f"there is no file {stretch.recording}")
        sha = sha256_of(stretch.recording)
        by_captions = {
            e.model_sha256: t.recording_sha256
            for t in said
            for e in t.engines
            if e.name == "captions"
        }
        return by_captions.get(sha, sha)
    shas = list(dict.fromkeys(t.recording_sha256 for t in said))
    if len(shas) != 1:
        files = ", ".join(r.path or r.captions for r in processed.meeting.recordings)
        raise BadInputError(
            f"{stretch.meeting_id} has {len(shas)} recordings ({files}): say which one with "
            "--recording FILE"
        )
    return shas[0]


def _within(span: Span, length: float, what: str) -> None:
    if length and span[0] >= length:
        raise BadInputError(
            f"{what} is {clock(length)} long, and {clock(span[0])} to {clock(span[1])} lies beyond "
            "its end: nothing is redacted, and nothing was written"
        )


def _length(said: Transcript) -> float:
    last = max((s.end_s for s in said.sentences), default=0.0)
    return max(last, said.coverage.duration_s, *(g.end_s for g in said.coverage.gaps), 0.0)


def _length_of(file: Path) -> float:
    """How long a recording or captions are, 0 where it does not say; BadInputError for others."""
    try:
        return length_s(file)
    except MattersArisingError as no_sound:
        try:
            return max(s.end_s for s in read_captions(file))
        except MattersArisingError as no_captions:
            raise BadInputError(
                f"{file} is neither a recording nor captions, so nothing can be redacted in it: "
                f"{no_sound}; {no_captions}"
            ) from no_captions


def _nothing_there(stretch: Stretch, heard: Sequence[Transcript]) -> str:
    said = [s for t in heard for s in t.sentences]
    before = max((s.end_s for s in said if s.end_s <= stretch.start_s), default=None)
    after = min((s.start_s for s in said if s.start_s >= stretch.end_s), default=None)
    near = [
        *([] if before is None else [f"the sentence before it ends at {clock(before)}"]),
        *([] if after is None else [f"the next one begins at {clock(after)}"]),
    ]
    gaps = [g for t in heard for g in t.coverage.gaps if g.why == REDACTED]
    if any(g.start_s < stretch.end_s and stretch.start_s < g.end_s for g in gaps):
        near = ["of it something is redacted already"]
    told = f" ({', '.join(near)})" if near else ""
    return (
        f"the transcript of {stretch.meeting_id} has no words from {clock(stretch.start_s)} to "
        f"{clock(stretch.end_s)}{told}: nothing is redacted, and nothing was written"
    )
