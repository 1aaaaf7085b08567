"""What a line of the ledger is about, so that two people who decide at once notice each other.

Whoever is asked to decide is shown a thing and the mark of its lines. Is the mark another one when
they answer, then somebody else decided meanwhile, and the answer was not given to what stands now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matters_arising.errors import MattersArisingError
from transcripts.ledger import Decision


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that is decided about; what is empty does not tell it from others.

    A recommendation: ``references``, in small letters, and ``finding_id``. A link or a point of the
    minutes: besides ``claim_id`` or ``point_id``; without references, of whatever. A voice:
    ``recording_sha256`` and ``voice``. A line itself, which is undone or not: ``line_id``.
    """

    references: frozenset[str] = frozenset()
    finding_id: str = ""
    claim_id: str = ""
    point_id: str = ""
    recording_sha256: str = ""
    voice: str = ""
    line_id: str = ""

    def is_about(self, line: Decision) -> bool:
        """Whether a line, which is no undoing, is about it."""
        if self.voice:
            same = line.recording_sha256 == self.recording_sha256 and line.voice == self.voice
            return line.kind == "speaker" and same
        if self.line_id:
            return line.id == self.line_id
        if self.claim_id or self.point_id:
            told = (line.claim_id, line.point_id) == (self.claim_id, self.point_id)
            return told and (not self.references or line.reference.lower() in self.references)
        named = bool(self.references & references_in(line))
        return named or bool(self.finding_id and line.finding_id == self.finding_id)


class StaleError(MattersArisingError):
    """Somebody else decided about the same thing meanwhile; ``lines`` are theirs, as written."""

    def __init__(self, lines: Sequence[Decision]) -> None:
        self.lines = tuple(lines)
        who = ", ".join(sorted({line.who for line in lines})) or "somebody"
        super().__init__(f"{who} decided about this meanwhile, so nothing was written; look again")


def references_in(line: Decision) -> frozenset[str]:
    """The references that a line names, in small letters."""
    named = {line.reference, *line.others}
    if line.kind in ("reference", "merge"):
        named.add(line.verdict)
    return frozenset(reference.lower() for reference in named if reference)


def lines_about(lines: Sequence[Decision], thing: Thing) -> list[Decision]:
    """The lines about a thing with all undoings of them, in their order."""
    return _with_undoings(lines, thing.is_about)


def lines_of_names(lines: Sequence[Decision], name: str = "") -> list[Decision]:
    """The lines by which names, or one, are withheld or shown, with all undoings of them."""
    wanted = name.casefold()
    return _with_undoings(
        lines, lambda d: d.kind == "withhold" and wanted in ("", d.name.casefold())
    )


def _with_undoings(
    lines: Sequence[Decision], is_about: Callable[[Decision], bool]
) -> list[Decision]:
    ids: set[str] = set()
    for line in lines:  # a line is undone after it was written
        if line.verdict in ids if line.kind == "undo" else is_about(line):
            ids.add(line.id)
    return [line for line in lines if line.id in ids]


def mark_of(lines: Sequence[Decision]) -> str:
    """A mark of these lines: sixteen digits that change with each further one."""
    return hashlib.sha256("\n".join(line.id for line in lines).encode()).hexdigest()[:16]


def unless_decided(thing: Thing, seen: str) -> Callable[[list[Decision]], None]:
    """For ``Ledger.append``: raises StaleError where the mark of the thing is no longer ``seen``.

    Its lines are those after the ones that were seen; where these cannot be told, all of them.
    """

    def given(lines: list[Decision]) -> None:
        about = lines_about(lines, thing)
        if mark_of(about) != seen:
            raise StaleError(_after(about, seen))

    return given


def unless_named(name: str, seen: str) -> Callable[[list[Decision]], None]:
    """For ``Ledger.append``: raises StaleError where this name was decided of since ``seen``.

    ``seen`` is the mark of the lines of all names: which one is meant is not known when it is made.
    """

    def given(lines: list[Decision]) -> None:
        every = lines_of_names(lines)
        after = {line.id for line in _after(every, seen)} if mark_of(every) != seen else ()
        own = [line for line in lines_of_names(lines, name) if line.id in after]
        if own:
            raise StaleError(own)

    return given


def together(
    *checks: Callable[[list[Decision]], None],
) -> Callable[[list[Decision]], None]:
    """For ``Ledger.append``: several of such checks, the first that fails speaks."""

    def given(lines: list[Decision]) -> None:
        for check in checks:
            check(lines)

    return given


def _after(about: Sequence[Decision], seen: str) -> Sequence[Decision]:
    known = next((n for n in range(len(about)) if mark_of(about[:n]) == seen), 0)
    return about[known:]
