"""Minutes and findings of one meeting, matched: also again, when the findings are new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.minutes.match import match_points
from models.minutes.voiced import voiced_in
from models.protocols import Vectors
from transcripts.ledger import Decision, findings_decided
from transcripts.minutes import MinutesVersion
from transcripts.processed import ProcessedMeeting


def matched(
    minutes: MinutesVersion,
    processed: ProcessedMeeting,
    standing: Sequence[Decision],
    vectors: Vectors,
) -> MinutesVersion:
    """The same minutes matched to the findings that the meeting has now."""
    voiced = voiced_in(processed, references_of(processed, standing))
    return replace(
        minutes,
        matches=tuple(match_points(minutes.points, voiced, vectors)),
        matched_to=findings_of(processed),
        version="",
    )


def findings_of(processed: ProcessedMeeting) -> tuple[str, ...]:
    """The versions of findings that minutes are matched to."""
    return tuple(p.findings.version for p in processed.transcripts if p.preferred)


def references_of(processed: ProcessedMeeting, standing: Sequence[Decision]) -> dict[str, str]:
    """References by finding."""
    return {
        finding: decision.verdict
        for part in processed.transcripts
        for finding, decision in findings_decided(
            standing,
            part.transcript.recording_sha256,
            part.findings.findings,
            kind="reference",
        ).items()
    }
