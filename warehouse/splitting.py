"""What a recommendation became: others that are held, and new ones with numbers of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from matters_arising.errors import BadInputError
from transcripts.ledger import Decision, now
from transcripts.life import Entry
from transcripts.references import next_reference
from warehouse.deciding import By, split
from warehouse.reader import Reader
from warehouse.register import life

# what its parts share with it
SHARED = (
    *("committee", "meeting_date", "agenda_item", "proposer", "seconder"),
    *("recipient", "recipient_kind", "cabinet_member", "lead_officer", "action_due"),
)


def became(
    reader: Reader,
    reference: str,
    by: By,
    others: Sequence[str],
    into: Sequence[str],
    lines: Sequence[Decision],
) -> list[Decision]:
    """The entries of the new ones, worded as in ``into``, and the line that splits it.

    ``lines`` are all of the ledger, by which the next numbers are told. Raises BadInputError where
    it would become nothing, or has no number for others to come after.
    """
    wordings = [words.strip() for words in into]
    if not all(wordings) or not (others or wordings):
        raise BadInputError("say which references it became, or the words of each new one")
    whole = split(reader, reference, by, others)
    entry = life(reader, reference, today=date.today()).entry
    entered: list[Decision] = []
    for words in wordings:
        number = next_reference(_series(entry), [*lines, *entered])
        entered.append(_entry(entry, by, number, words))
    made = tuple(line.reference for line in entered)
    return [*entered, replace(whole, others=(*whole.others, *made))]


def _series(entry: Entry) -> str:
    series, slash, number = entry.reference.rpartition("/")
    if not slash or not number.isdecimal():
        raise BadInputError(
            f"{entry.reference} has no number; only what was agreed is split into new ones"
        )
    return series + slash


def _entry(whole: Entry, by: By, number: str, words: str) -> Decision:
    shared = ((column, str(getattr(whole, column))) for column in SHARED)
    return Decision(
        kind="entry",
        verdict=words,
        who=by.who,
        when=now(),
        why=by.why,
        meeting_id=whole.meeting_id,
        reference=number,
        values=tuple((column, value) for column, value in shared if value),
    )
