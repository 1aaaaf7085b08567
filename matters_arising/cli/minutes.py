"""``matters minutes FILE|URL``: what was minuted beside what was said."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import DAY, with_home
from matters_arising.cli.output import WIDTH_OF_A_PAGE, as_json, page
from transcripts.minutes import TRACKED
from transcripts.times import clock

if TYPE_CHECKING:
    from models.minutes.compare import Compared, Pair
    from models.minutes.voiced import Voiced
    from transcripts.minutes import MinutePoint

STANDINGS = {
    "certain": "the same, by its reference",
    "matched": "taken as the same, with a clear margin",
    "proposed": "proposed, for a person to judge",
}


@click.command()
@click.argument("source", metavar="FILE|URL")
@click.option("--meeting", "meeting_id", required=True, help="Whose minutes they are (its id).")
@click.option(
    "--state",
    type=click.Choice(["draft", "approved", "decisions"]),
    default="draft",
    show_default=True,
    help="Whether they are approved; decisions: what an executive published before them.",
)
@click.option("--approved-on", type=DAY, help="The day on which it did (YYYY-MM-DD).")
@click.option("--any-day", is_flag=True, help="Take them although they tell another day or body.")
@click.option("--private", is_flag=True, help="Fetch also from an address within this network.")
@click.option("--dry-run", is_flag=True, help="Show what would be kept, and keep nothing.")
@click.option("--json", "json_", is_flag=True, help="Print it as JSON.")
@with_home
def minutes(
    source: str,
    meeting_id: str,
    state: str,
    approved_on: datetime | None,
    any_day: bool,
    private: bool,
    dry_run: bool,
    json_: bool,
    home: Path,
) -> None:
    """Put the minutes of a meeting beside what was said in it.

    FILE or URL is ModernGov's XML (GetMeeting) or one of its pages, a DOCX, a PDF with text, or
    plain text. Each numbered point is matched to the recommendation that was spoken; the minuted
    wording becomes the official one, and the spoken one stays beside it. Restricted items and all
    that follows an exclusion of the public are left out.

    \b
    Examples:
      matters minutes minutes.docx --meeting aldermere-scsc-2026-06-11
      matters minutes minutes.pdf --meeting aldermere-scsc-2026-06-11 --state approved \\
          --approved-on 2026-07-16
      matters minutes "https://democracy.aldermere.example/ieListDocuments.aspx?MId=5101" \\
          --meeting aldermere-scsc-2026-06-11 --dry-run --json
    """
    if approved_on is not None and state != "approved":
        raise click.UsageError("--approved-on goes with --state approved")
    from flows.minutes import add_minutes
    from models.vectors import MiniLM

    compared = add_minutes(
        source,
        meeting_id,
        home=home,
        vectors=MiniLM(),
        state=state,
        approved_on=f"{approved_on:%Y-%m-%d}" if approved_on else "",
        any_day=any_day,
        private=private,
        dry_run=dry_run,
    )
    if json_:
        click.echo(as_json(_plain(compared, kept=not dry_run)))
        return
    show(page(), compared, kept=not dry_run)


def show(console: Any, compared: Compared, *, kept: bool) -> None:
    """Both wordings side by side where there is room, else one below the other."""
    if compared.pairs:
        console.print("[bold]Minuted and spoken[/bold]\n")
    for pair in compared.pairs:
        _pair(console, pair)
    _listed(console, "Only minuted", [_minuted(p) for p in compared.only_minuted])
    _listed(console, "Only spoken", [_spoken(v) for v in compared.only_spoken])
    for line in _counts(compared, kept=kept):
        console.print(line, markup=False)


def _pair(console: Any, pair: Pair) -> None:
    from rich.markup import escape
    from rich.table import Table

    minuted, spoken = f"“{pair.point.wording}”", f"“{pair.voiced.wording}”"
    told = [_place(pair.point), _said(pair.voiced)]
    if console.width >= WIDTH_OF_A_PAGE:
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
        table.add_column(f"minuted  {escape(told[0])}", ratio=1, overflow="fold")
        table.add_column(f"spoken  {escape(told[1])}", ratio=1, overflow="fold")
        table.expand = True
        table.add_row(escape(minuted), escape(spoken))
        console.print(table)
    else:
        console.print(f"minuted  {told[0]}", style="bold", markup=False)
        console.print(minuted, markup=False)
        console.print(f"spoken  {told[1]}", style="bold", markup=False)
        console.print(spoken, markup=False)
    reasons = "; ".join(pair.match.reasons)
    standing = STANDINGS[pair.match.standing]
    console.print(f"  {standing} ({pair.match.score:.2f}): {reasons}\n", markup=False)


def _listed(console: Any, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"[bold]{title}[/bold]\n")
    for line in lines:
        console.print(f"  {line}", markup=False)
    console.print("")


def _minuted(point: MinutePoint) -> str:
    return f"{_place(point)}  {point.kind}: “{point.wording}” (point {point.id})"


def _spoken(voiced: Voiced) -> str:
    return f"{_said(voiced)}  “{voiced.wording}”"


def _place(point: MinutePoint) -> str:
    number = f"minute {point.minute_no}" if point.minute_no else f"item {point.item or '?'}"
    label = f", point {point.label}" if point.label else ""
    return f"{number}{label}, {point.heading}" + (f", {point.vote}" if point.vote else "")


def _said(voiced: Voiced) -> str:
    outcome = f", {voiced.outcome.replace('_', ' ')}" if voiced.outcome else ""
    keys = f"{', '.join(voiced.keys)}  " if voiced.keys else ""
    return f"{keys}{clock(voiced.start_s)} {voiced.voice}{outcome}"


def _counts(compared: Compared, *, kept: bool) -> list[str]:
    made = compared.minutes
    proposed = sum(1 for p in compared.pairs if not p.match.taken)
    out = [
        f"{len(made.points)} points minuted ({made.form}, {made.state}): "
        f"{len(compared.pairs) - proposed} matched, {proposed} proposed, "
        f"{len(compared.only_minuted)} only minuted, {len(compared.only_spoken)} only spoken"
    ]
    if kept and any(p.kind in TRACKED for p in compared.only_minuted):
        out.append("what is only minuted: matters decide point POINT new, nothing or a reference")
    out += [f"left out: {why}" for why in made.left_out]
    out.append(
        f"kept as minutes-{made.version}" if kept else "nothing was kept: this was a dry run"
    )
    return out


def _plain(compared: Compared, *, kept: bool) -> dict[str, Any]:
    made = compared.minutes
    about = {k: v for k, v in asdict(made).items() if k not in ("points", "matches")}
    return {
        "minutes": about,
        "kept": kept,
        "matched": [
            {"minuted": asdict(p.point), "spoken": asdict(p.voiced), "match": asdict(p.match)}
            for p in compared.pairs
        ],
        "only_minuted": [asdict(p) for p in compared.only_minuted],
        "only_spoken": [asdict(v) for v in compared.only_spoken],
    }
