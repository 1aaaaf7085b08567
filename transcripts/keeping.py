"""What the ledger says about keeping a meeting: held back, redacted, over its time, purged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from transcripts.decision import Decision

# what has a clock of its own; what stands later is made from what stands before
AUDIO, TRANSCRIPT, FINDINGS, VECTORS = "audio", "transcript", "findings", "vectors"
EXPIRING = (AUDIO, TRANSCRIPT, FINDINGS, VECTORS)
# of a redaction in a recording that nobody had read: which sentences it touches is found later
OPEN = ("sentences", "open")


@dataclass(frozen=True, slots=True)
class Redaction:
    """A stretch of a recording that is taken out, seconds within it, and the line that says so.

    ``whole``: it reaches to the ends of sentences. Otherwise nobody had read the recording when it
    was written, and its sentences are found whenever it is read.
    """

    recording_sha256: str
    start_s: float
    end_s: float
    line: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Kept:
    """What is decided about keeping one meeting; the days and lines of those decisions.

    ``held_until`` is the first day on which it is shown. ``expired`` are the kinds whose time was
    over, by the line that took them out.
    """

    purged: Decision | None = None
    held: Decision | None = None
    held_until: date | None = None
    redactions: tuple[Redaction, ...] = ()
    points: frozenset[str] = frozenset()  # of the minutes that are redacted, by id
    expired: dict[str, Decision] = field(default_factory=dict)

    def is_held(self, today: date) -> bool:
        """Whether it must not be shown yet."""
        return self.held_until is not None and today < self.held_until

    def is_shown(self, today: date) -> bool:
        """Whether search, pages, exports and feeds may have it."""
        return self.purged is None and not self.is_held(today)

    def why_left_out(self) -> str:
        """Why it is not processed again; empty where it may be."""
        if self.purged:
            line, what = self.purged, "it was purged"
        elif self.expired:
            line = list(self.expired.values())[-1]
            what = f"the time of its {' and '.join(self.expired)} was over"
        else:
            return ""
        return (
            f"{what} ({line.when[:10]}, {line.who}); to process it all the same: "
            f"matters decide undo {line.id}"
        )


NOTHING = Kept()


def keeping(standing: Iterable[Decision]) -> dict[str, Kept]:
    """Meeting id → what is decided about it; others may be kept and shown whole."""
    lines: dict[str, list[Decision]] = {}
    for line in standing:
        if line.kind in ("hold", "redact", "expire", "purge"):
            lines.setdefault(line.meeting_id, []).append(line)
    return {meeting_id: _kept(of) for meeting_id, of in lines.items()}


def purged(standing: Iterable[Decision]) -> dict[str, str]:
    """Meeting id → the sentence that says by whom it was purged, and how that is lifted."""
    return {m: kept.why_left_out() for m, kept in keeping(standing).items() if kept.purged}


def kept_of(standing: Sequence[Decision], meeting_id: str) -> Kept:
    """What is decided about one meeting."""
    return keeping(d for d in standing if d.meeting_id == meeting_id).get(meeting_id, NOTHING)


def _kept(lines: Sequence[Decision]) -> Kept:
    held = next((d for d in reversed(lines) if d.kind == "hold"), None)
    return Kept(
        purged=next((d for d in reversed(lines) if d.kind == "purge"), None),
        held=held,
        held_until=date.fromisoformat(held.day) if held else None,
        redactions=tuple(
            Redaction(
                d.recording_sha256, d.start_s or 0.0, d.end_s or 0.0, d.id, OPEN not in d.values
            )
            for d in lines
            if d.kind == "redact" and not d.point_id
        ),
        points=frozenset(d.point_id for d in lines if d.kind == "redact" and d.point_id),
        expired={d.verdict: d for d in lines if d.kind == "expire"},
    )
