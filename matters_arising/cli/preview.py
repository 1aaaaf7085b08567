"""``matters preview MEETING``: what will be shown of a meeting that is held back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matters_arising.cli.options import with_home
from matters_arising.cli.output import as_json, page, printable
from transcripts.times import clock

if TYPE_CHECKING:
    from warehouse.listings import FindingRow, MeetingRow
    from warehouse.meeting import Said, SpeakerRow

MOST = 100_000  # utterances; a day has a tenth of them


@click.command()
@click.argument("meeting_id")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@with_home
def preview(meeting_id: str, json_: bool, home: Path) -> None:
    """Read MEETING_ID, which is held back, as it will be shown: here, and nowhere else.

    Who spoke and why each name was given, every word, and what was found, with names withheld and
    decisions kept to as in the archive. It is put into no page, search or export; what you print is
    yours to keep private. To show it before its day, undo the line that holds it.

    \b
    Example:
      matters preview aldermere-scsc-2026-07-16
    """
    from flows.preview import previewed
    from warehouse.listings import findings_of, meetings
    from warehouse.meeting import speakers, transcript
    from warehouse.reader import open_reader

    with previewed(home, meeting_id) as private, open_reader(private) as reader:
        (row,) = meetings(reader)
        who = speakers(reader, meeting_id)
        said = transcript(reader, meeting_id, offset=0, limit=MOST)
        found = list(chain.from_iterable(findings_of(reader, meeting_id).values()))
    if json_:
        told = {
            "meeting": asdict(row),
            "held_back": True,
            "speakers": [asdict(s) for s in who],
            "utterances": [asdict(u) for u in said],
            "findings": [asdict(f) for f in found],
        }
        click.echo(as_json(told))
        return
    out = page()
    for line in _lines(row, who, said, found):
        out.print(printable(line), markup=False, highlight=False)


def _lines(
    row: MeetingRow, who: list[SpeakerRow], said: list[Said], found: list[FindingRow]
) -> Iterator[str]:
    yield f"HELD BACK, for you alone: {row.committee}, {row.date} ({row.meeting_id})"
    yield "\nwho spoke"
    for s in who:
        yield f"  {s.voice:4} {s.speaker}, {s.words} words: {'; '.join(s.reasons) or 'no reason'}"
    yield "\nwhat was found"
    for f in found:
        yield f"  {clock(f.start_s)} {f.kind}, {f.speaker}: “{f.quote}”"
    yield "\nwhat was said"
    for u in said:
        yield f"  {clock(u.start_s)} {u.speaker}: {u.text}"
    yield "\nWords are machine-made; the minutes are the formal record."
