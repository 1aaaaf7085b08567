"""Corrections that readers ask for: a form for everybody, an inbox for the desk alone.

What is sent is kept in one private file until somebody at the desk closes it, with the line of the
ledger that put it right, a note in the register, or a reason. The sender's address for an answer is
then deleted.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from matters_arising.errors import BadInputError, MattersArisingError, StoreError
from matters_arising.web.desk.private import PrivateFile
from transcripts.ledger import now

MOST_OPEN = 500
MOST_HELD = 5000  # the oldest closed ones go
LONGEST = {"what": 2000, "where": 300, "contact": 200}


class FullError(MattersArisingError):
    """So many corrections wait that no more are taken."""

    def __init__(self) -> None:
        super().__init__(
            f"{MOST_OPEN} corrections wait already, and no more can be taken today; "
            "please write to the council's democratic services"
        )


class ClosedError(MattersArisingError):
    """Somebody else closed the correction meanwhile."""

    def __init__(self, held: Correction) -> None:
        told = held.reason or held.line
        super().__init__(f"{held.closed_by} closed this meanwhile ({told}); nothing was changed")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a reader says is wrong, where, and how they can be answered if they want to be.

    Closed by ``closed_by`` at ``closed_at`` for ``reason``; ``line`` is the ledger line that put it
    right, if one did.
    """

    id: str
    when: str
    what: str
    where: str
    contact: str = ""
    closed_by: str = ""
    closed_at: str = ""
    reason: str = ""
    line: str = ""


class Corrections:
    """The inbox of one archive."""

    def __init__(self, home: Path) -> None:
        self.file = PrivateFile(home, "corrections.json")

    def all(self) -> list[Correction]:
        """Every correction, oldest first; StoreError where the file makes no sense."""
        content = self.file.read()
        try:
            return [Correction(**row) for row in json.loads(content)] if content else []
        except (ValueError, TypeError) as fault:
            raise StoreError(
                f"{self.file.path} holds no corrections ({fault}); put it right from a backup"
            ) from fault

    def waiting(self) -> list[Correction]:
        """Those that nobody closed, oldest first."""
        return [c for c in self.all() if not c.closed_by]

    def add(self, what: str, where: str, contact: str) -> Correction:
        """Keeps one; BadInputError where it says nothing, FullError where the inbox is full."""
        sent = {"what": what, "where": where, "contact": contact}
        plain = {name: _plain(value) for name, value in sent.items()}
        for name, value in plain.items():
            if len(value) > LONGEST[name]:
                raise BadInputError(f"'{name}' may have {LONGEST[name]} letters; shorten it")
        if not plain["what"]:
            raise BadInputError("say what is wrong")
        made = Correction(uuid.uuid4().hex[:12], now(), **plain)

        def added(held: list[Correction]) -> list[Correction]:
            if sum(not c.closed_by for c in held) >= MOST_OPEN:
                raise FullError
            return [*held, made]

        self._change(added)
        return made

    def close(
        self, correction_id: str, who: str, reason: str, line: Callable[[], str]
    ) -> Correction:
        """Closes one and forgets how to answer its sender; ClosedError where somebody else did.

        ``line`` gives the line that put it right, and writes it while nobody else can close it.
        Raises BadInputError where there is no such correction.
        """
        closed: list[Correction] = []

        def changed(held: list[Correction]) -> list[Correction]:
            out = []
            for c in held:
                if c.id == correction_id:
                    if c.closed_by:
                        raise ClosedError(c)
                    c = _closed(c, who, reason, line())
                    closed.append(c)
                out.append(c)
            return out

        self._change(changed)
        if not closed:
            raise BadInputError(f"no correction '{correction_id}' is in the inbox")
        return closed[0]

    def _change(self, changed: Callable[[list[Correction]], list[Correction]]) -> None:
        with self.file.alone():
            rows = changed(self.all())
            while len(rows) > MOST_HELD:
                rows.remove(next(c for c in rows if c.closed_by))
            text = json.dumps([asdict(c) for c in rows], ensure_ascii=False, indent=1)
            self.file.write(text.encode())


def _closed(c: Correction, who: str, reason: str, line: str) -> Correction:
    return replace(c, closed_by=who, closed_at=now(), reason=reason, line=line, contact="")


def _plain(text: str) -> str:
    """Without what no keyboard writes; lines and words stay."""
    lines = ("".join(c for c in line if c.isprintable()).strip() for line in text.splitlines())
    return "\n".join(lines).strip()
