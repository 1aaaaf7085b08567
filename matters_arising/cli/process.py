"""``matters process``: recordings in, searchable findings out."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from matters_arising.cli.options import engine_options, with_home
from matters_arising.cli.output import as_json
from matters_arising.cli.reader import announce, reader_options, reading_line

if TYPE_CHECKING:
    from flows.progress import Step
    from flows.report import Outcome, Report
    from matters_arising.settings import Settings
    from models.toolbox import Toolbox
    from transcripts.collect import Candidate
    from transcripts.sources.landed import Taken

logger = logging.getLogger(__name__)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--meeting",
    "manifest",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A meeting.toml that describes the one recording named.",
)
@click.option(
    "--captions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Captions of the one recording named (VTT, SRT, JSON of other tools, DOCX of Teams).",
)
@engine_options
@reader_options
@click.option("--as-heard", is_flag=True, help="Leave misheard names as they were heard.")
@click.option(
    "--jobs", type=click.IntRange(min=1), help="Processes that recognise (default: cores)."
)
@click.option("--workers", "pool", default="", help="Pool of workers elsewhere (matters worker).")
@click.option("--json", "as_json_", is_flag=True, help="Print the run report as JSON.")
@with_home
def process(
    paths: tuple[Path, ...],
    manifest: Path | None,
    captions: Path | None,
    jobs: int | None,
    pool: str,
    as_json_: bool,
    home: Path,
    **engine: Any,
) -> None:
    """Make recordings searchable: words, voices, names, findings.

    PATHS are recordings (sound or video), captions, meeting.toml files, or folders of them. The
    log of a chamber's microphones beside a recording (june.seats.csv) tells who spoke. What
    was done before is not done again, and a run that was killed goes on where it stopped. Minutes
    and decisions that matters fetch put beside meetings are taken. With
    --workers other machines do the heavy part: they take meetings from the store, MATTERS_STORE.

    \b
    Examples:
      matters process recording.mp4
      matters process recording.mp4 --meeting meeting.toml --captions webcast.vtt
      matters process meetings/ --engine whisper --model base.en --json
      matters process meetings/ --workers heavy
      matters process meetings/ --reader http://127.0.0.1:8080/v1 --reader-model qwen3-8b
    """
    report = run(
        paths, manifest, captions, jobs=jobs, pool=pool, home=home, quiet=as_json_, **engine
    )
    taken = _minutes_below(paths, home)
    if as_json_:
        click.echo(as_json({**report.as_dict(), "minutes": asdict(taken)}))
    else:
        print_report(report, home)
        for line in taken.told:
            click.echo(f"  minutes     {line}")
        for line in taken.faults:
            click.echo(f"  NOT TAKEN   {line}")
    if report.failed or taken.faults:
        raise SystemExit(1)


def _minutes_below(paths: Sequence[Path], home: Path) -> Taken:
    """Takes the minutes and decisions that ``matters fetch`` put beside the meetings."""
    from transcripts.sources.landed import Taken, landed_below

    places = [p for p in paths if p.is_dir() and any(landed_below(p))]
    if not places:
        return Taken()
    from flows.minutes_landed import take_minutes

    return take_minutes(home, *places)


def run(
    paths: tuple[Path, ...],
    manifest: Path | None = None,
    captions: Path | None = None,
    **asked: Any,
) -> Report:
    """Processes what is under ``paths``; ``asked`` is what ``process_candidates`` takes."""
    from transcripts.collect import collect

    found = collect(paths, manifest=manifest, captions=captions)
    return process_candidates(found, **asked)


def process_candidates(
    candidates: Sequence[Candidate],
    *,
    home: Path,
    jobs: int | None = None,
    quiet: bool = False,
    pool: str = "",
    **engines: Any,
) -> Report:
    """Processes meetings that were found, and shows how far it is.

    ``engines`` are the options of ``engine_options`` and ``reader_options``, by name.
    """
    from flows.run import run_batch
    from matters_arising.settings import Settings

    settings = Settings()
    tools = _tools(settings, **engines)
    announce(tools.reader)
    with shown_progress(quiet=quiet) as say:
        if not quiet:
            say(f"speech: {tools.speech_choice().words}")
        return run_batch(
            candidates,
            tools,
            home=home,
            jobs=jobs or settings.jobs,
            say=say,
            known_voices=settings.known_voices,
            store=settings.store,
            pool=pool,
        )


def _tools(
    settings: Settings,
    *,
    engine: str = "auto",
    model: str = "",
    language: str = "en",
    offline: bool = False,
    as_heard: bool = False,
    reader: Mapping[str, Any] | None = None,
) -> Toolbox:
    """The engines that options and settings name together."""
    from models.reader.choice import reader_from
    from models.toolbox import Toolbox

    offline = offline or settings.offline
    return Toolbox(
        speech=engine,
        speech_model=model,
        language=language,
        models_folder=settings.models,
        offline=offline,
        repairs_names=not as_heard,
        reader=reader_from(settings, reader, offline=offline),
    )


@contextmanager
def shown_progress(*, quiet: bool) -> Iterator[Any]:
    """A progress line a meeting on standard error; plain lines where nobody watches a terminal."""
    from flows.progress import listening

    if quiet:
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[amount]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        line = bars.add_task("starting", total=None, amount="")
        last = [""]

        def show(step: Step) -> None:
            words = f"{step.meeting_id}: {step.stage}"
            minutes = f"{step.done / 60:.1f} of {step.total / 60:.1f} min" if step.total else ""
            amount = step.note or minutes
            bars.update(
                line,
                description=words,
                completed=step.done,
                amount=amount,
                total=step.total or None,
            )
            told = f"{words}, {step.note}" if step.note else words
            if not console.is_terminal and told != last[0]:
                console.print(told, highlight=False)
            last[0] = told

        def say(words: str) -> None:
            bars.update(line, description=words, total=None, amount="")
            if not console.is_terminal:
                console.print(words, highlight=False)

        with listening(show):
            yield say


def print_report(report: Report, home: Path) -> None:
    """One line a meeting, failures last and in full."""
    if report.nothing_new:
        count = len(report.outcomes)
        word = "meeting is" if count == 1 else "meetings are"
        out = f", {report.count('left out')} of them left out" if report.count("left out") else ""
        took = f"{report.seconds:.1f} s"
        click.echo(f"Nothing new: {count} {word} up to date{out} in {home} ({took}).")
        return
    for outcome in report.outcomes:
        click.echo(line_of(outcome))
    done, failed = report.count("done"), len(report.failed)
    click.echo(
        f"{done} processed, {report.count('up to date')} up to date, {failed} failed "
        f"in {report.seconds:.0f} s; reports are in {home / 'reports'}"
    )


def line_of(outcome: Outcome) -> str:
    """What became of one meeting, in words."""
    if outcome.outcome == "failed":
        return f"  FAILED      {outcome.where}: {outcome.message}"
    if outcome.outcome in ("left out", "in work"):
        return f"  {outcome.outcome:<10}  {outcome.meeting_id}: {outcome.message}"
    if outcome.outcome == "up to date":
        return f"  up to date  {outcome.meeting_id}"
    findings = f"{outcome.findings} finding{'s'[: outcome.findings != 1]}"
    gaps = f", {outcome.gaps} gap{'s'[: outcome.gaps != 1]}" if outcome.gaps else ""
    note = f"\n              note: {outcome.message}" if outcome.message else ""
    plural = "" if outcome.repaired == 1 else "s"
    mended = f", {outcome.repaired} misheard name{plural} mended" if outcome.repaired else ""
    read = f"\n              {reading_line(outcome.reading)}" if outcome.reading else ""
    return (
        f"  done        {outcome.meeting_id}: {outcome.sound_s / 60:.1f} minutes in "
        f"{outcome.seconds:.0f} s, {outcome.words} words ({outcome.named_share:.0%} with a name), "
        f"{findings}{gaps}{mended}{voices_line(outcome)}{read}{note}"
    )


def voices_line(outcome: Outcome) -> str:
    """Which words have no voice and why, and which were spoken over another; empty for none."""
    told = []
    if outcome.voiceless:
        reasons = "; ".join(f"{why} ({n})" for why, n in outcome.voiceless.items())
        told.append(f"{_words(sum(outcome.voiceless.values()))} without a voice: {reasons}")
    if outcome.overlapped:
        told.append(f"{_words(outcome.overlapped)} while another voice was heard")
    return "".join(f"\n              {line}" for line in told)


def _words(count: int) -> str:
    return f"{count} word" if count == 1 else f"{count} words"
