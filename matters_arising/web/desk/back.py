"""Which decisions are taken back at the desk, and which one comes before another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from transcripts.ledger import KEEPING_KINDS, Decision, undone_by
from warehouse.written import LineRow

# a number is for ever, an undoing is no decision of its own, and what was destroyed stays so
NOT_HERE = frozenset(("reference", "undo", "voice", *KEEPING_KINDS))


def can_go_back(line: LineRow | Decision) -> bool:
    """Whether a line of this kind is taken back at the desk."""
    return line.kind not in NOT_HERE


def decided_before(
    every: Sequence[Decision], found: Sequence[Decision], who: str, since_s: float
) -> list[Decision]:
    """What ``who`` decided last before ``found``, in the sitting that began then, and still holds.

    None where ``found`` is somebody else's, or where that is not taken back at the desk.
    """
    ids = {line.id for line in found}
    first = next((n for n, line in enumerate(every) if line.id in ids), 0)
    if any(line.who != who for line in found):
        return []
    gone = undone_by(every)
    own = [d for d in every[:first] if d.who == who and d.kind != "undo" and d.id not in gone]
    if not own or not can_go_back(own[-1]) or not _since(own[-1], since_s):
        return []
    return [d for d in _whole(every, own[-1]) if d.id not in gone]


def _since(line: Decision, since_s: float) -> bool:
    try:
        return datetime.fromisoformat(line.when).timestamp() >= int(since_s)
    except ValueError:
        return False  # a line that was written by another hand


def _whole(every: Sequence[Decision], last: Decision) -> list[Decision]:
    """A line with those that were written before it in the same answer."""
    end = next(n for n, line in enumerate(every) if line.id == last.id)
    begin = end
    while begin and _one_answer(every[begin - 1], last):
        begin -= 1
    return list(every[begin : end + 1])


def _one_answer(one: Decision, last: Decision) -> bool:
    """Whether two lines beside each other are one answer: a voice in several recordings, entries
    with the line that made them."""
    if one.who != last.who:
        return False
    if one.kind == last.kind == "speaker":
        same = (one.meeting_id, one.voice, one.verdict) == (
            last.meeting_id, last.voice, last.verdict,
        )  # fmt: skip
        return same and one.recording_sha256 != last.recording_sha256
    if one.kind != "entry":
        return False
    tied = last.kind == "minuted" and (one.point_id, one.reference) == (
        last.point_id, last.reference,
    )  # fmt: skip
    return tied or (last.kind == "split" and one.reference in last.others)
