"""To whom a recommendation was sent, and what the clock of the answer is told from.

It may go to several. The receipt of one starts no clock of another, so all of it comes from one:
the last of whom somebody noted what asks it for an answer, else the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from transcripts import clocks
from transcripts.columns import BROUGHT, CLOCK, usable
from transcripts.ledger import Decision

Columns = dict[str, Any]


def send(columns: Columns, lines: Sequence[Decision]) -> None:
    """Puts into ``columns`` what the referrals tell; ``lines`` are in ledger order."""
    first = str(columns.get("recipient", ""))
    sent: dict[str, Columns] = {}
    to = first
    for line in lines:
        to = line.verdict or to
        told = sent.pop(_plain(to), {})  # the last one comes last
        on = line.day if clocks.is_day(line.day) else line.when[:10]
        told |= {"recipient": to, "referred_on": on} | usable(line.values, BROUGHT)
        sent[_plain(to)] = told
    if not sent:
        return
    asking = [told for told in sent.values() if told.get("response_basis")]
    chosen = (asking or list(sent.values()))[-1]
    if first and _plain(first) != _plain(chosen["recipient"]):
        # what was noted of another
        columns |= dict.fromkeys((*CLOCK, "recipient_kind"), "")
    columns |= chosen


def _plain(recipient: str) -> str:
    return recipient.casefold().removeprefix("the ").strip()
