"""References of recommendations: ``SCSC/2026-27/01``, restarting each May, never given twice.

A reference once given is a line of the ledger, so a recommendation keeps it through re-runs,
also with another engine: it is found again by its id, else by the seconds it was said at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from transcripts.executives import is_executive
from transcripts.finding import Finding
from transcripts.ledger import Decision, findings_decided, now, those_standing
from transcripts.meeting import Meeting
from transcripts.processed import FindingsVersion, ProcessedMeeting

GIVEN_BY = "matters"
Found = tuple[str, FindingsVersion]  # in a transcript, with the sha256 of its recording


def new_references(processed: ProcessedMeeting, lines: Sequence[Decision]) -> list[Decision]:
    """Ledger lines that number the agreed recommendations which have no reference yet.

    ``lines`` are all that were ever written: a number whose line was undone is not given again.
    A motion is one recommendation: its number goes to the finding with the wording as last stated.
    In transcripts without motions what was settled by one "agreed" is one, and several in one
    sentence get a number each. What an executive resolves is a decision and gets none.
    """
    parts = [p for p in processed.transcripts if p.preferred]
    found = [(p.transcript.recording_sha256, p.findings) for p in parts]
    return references_for(processed.meeting, found, lines)


def references_for(
    meeting: Meeting, found: Iterable[Found], lines: Sequence[Decision]
) -> list[Decision]:
    """The same of what was found in each preferred transcript, without its words."""
    if is_executive(meeting.committee):
        return []
    series = f"{meeting.committee_code}/{meeting.municipal_year}/"
    number = _highest(series, lines)
    standing = those_standing(lines)
    out = []
    for sha, findings in found:
        for finding in _to_number(sha, findings, standing):
            number += 1
            out.append(_line(meeting, sha, finding, f"{series}{number:02d}"))
    return out


def _to_number(sha: str, found: FindingsVersion, standing: Sequence[Decision]) -> Iterator[Finding]:
    have = findings_decided(standing, sha, found.findings, kind="reference")
    if found.motions:
        known = {f.id: f for f in found.findings}
        for motion in found.motions:
            named = {motion.finding_id, *motion.finding_ids}
            if motion.outcome == "agreed" and not named & have.keys():
                yield known[motion.finding_id]
        return
    for wordings in _agreed_together(found.findings):
        last = [f for f in wordings if f.start_s == wordings[-1].start_s]
        if not any(f.id in have for f in wordings if f not in last):
            yield from (f for f in last if f.id not in have)


def _agreed_together(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Agreed recommendations in time order, those settled by the same words in one list."""
    groups: dict[float, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: f.start_s):
        if finding.kind == "recommendation" and finding.agreed:
            moment = finding.settled_s if finding.settled_s is not None else finding.start_s
            groups.setdefault(moment, []).append(finding)
    return list(groups.values())


def next_reference(series: str, lines: Sequence[Decision]) -> str:
    """The one that a series, such as ``SCSC/2026-27/``, gives next, after all ``lines``."""
    return f"{series}{_highest(series, lines) + 1:02d}"


def _highest(series: str, lines: Sequence[Decision]) -> int:
    """The highest number ever given in a series, also by somebody's tracker.

    Undone or not: what was noted of the one must never show as if it were of another.
    """
    given = [d.verdict if d.kind == "reference" else d.reference for d in lines]
    own = [g[len(series) :] for g in given if g.casefold().startswith(series.casefold())]
    return max((int(number) for number in own if number.isdecimal()), default=0)


def _line(meeting: Meeting, sha: str, finding: Finding, reference: str) -> Decision:
    return Decision(
        kind="reference",
        verdict=reference,
        who=GIVEN_BY,
        when=now(),
        meeting_id=meeting.id,
        recording_sha256=sha,
        finding_id=finding.id,
        start_s=finding.start_s,
        end_s=finding.end_s,
        words=finding.quote,
    )
