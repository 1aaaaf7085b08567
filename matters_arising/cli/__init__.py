"""The command ``matters``. Each command parses, calls and prints; the work is done elsewhere.

Commands live in modules of their own, imported only when they are asked for, and nothing heavy is
imported before a command runs: ``matters --help`` answers in under half a second.
"""

from __future__ import annotations

import difflib
import errno
import importlib
import logging
from pathlib import Path
from typing import Any

import click

from matters_arising import __version__
from matters_arising.errors import MattersArisingError

# command → (module, what it is for), in the order in which a newcomer meets them
COMMANDS = {
    "demo": ("demo", "The sample council, from recordings to answers, and where to look next."),
    "process": ("process", "Make recordings searchable: words, voices, names, findings."),
    "fetch": ("fetch", "Fetch what is new from the councils' sources into the inbox."),
    "sources": ("sources", "Say which sources are set up, and whether they answer."),
    "inbox": ("inbox", "Process what is new in a folder, once or for ever."),
    "deploy": ("deploy", "Run the batches when it is time: each night, and looking again."),
    "worker": ("worker", "Take meetings from the store and make them, for another machine."),
    "store": ("store", "The record on object storage: push, pull, check, list."),
    "search": ("search", "Find what was said, by word, by meaning or both."),
    "concordance": ("concordance", "Every occurrence of a phrase, in the order it was said."),
    "trends": ("trends", "How often phrases were said, by month, committee or kind of speaker."),
    "saved": ("saved", "Keep a search: what is new since it was last told, and feeds of it."),
    "concerns": ("listings", "List the worries that were voiced."),
    "recommendations": ("register", "The register: what was asked of whom, and what became of it."),
    "floated": ("listings", "List every sentence that recommends something, agreed or not."),
    "import-tracker": ("import_tracker", "Take a clerk's own tracker into the register."),
    "arising": ("arising", "The matters arising page: due, answered, done, to confirm, silent."),
    "threads": ("register", "List the worries that several people or meetings had."),
    "undertakings": ("listings", "List what people promised to do."),
    "decisions": ("listings", "List what the meeting decided."),
    "follow-ups": ("listings", "List what was said of earlier recommendations and promises."),
    "recommendation": ("recommendation", "One recommendation's life, with the evidence."),
    "minutes": ("minutes", "Put a meeting's minutes beside what was said in it."),
    "meetings": ("listings", "List the meetings of the archive, with their coverage."),
    "speakers": ("listings", "List who spoke in a meeting, and why each name was given."),
    "review": ("review", "Go through the doubtful, most damaging doubts first."),
    "voices": ("voices", "Enrol a member's voice across meetings, where that is turned on."),
    "decide": ("decide", "Write a person's decision into the ledger."),
    "ledger": ("ledger", "List every decision that was made, in order."),
    "sql": ("sql", "Ask the archive's views in SQL, read-only."),
    "export": ("archive", "Write the archive's views as CSV, JSONL or Parquet."),
    "rebuild": ("archive", "Make the warehouse again from the record and the ledger."),
    "hold": ("keeping", "Show a meeting to nobody before a day."),
    "preview": ("preview", "Read a meeting that is held back, as it will be shown."),
    "redact": ("keeping", "Take a stretch of a meeting out of everything, with proof."),
    "purge": ("keeping", "Take a meeting out of everything, with proof."),
    "retention": ("keeping", "What is over its time, by clocks a kind; and take it off the disk."),
    "backup": ("backup", "Copy what cannot be made again to another place."),
    "restore": ("backup", "Make an archive of a backup, every file checked."),
    "doctor": ("doctor", "Say which engines, models and files are there, and what is missing."),
    "evaluate": ("evaluate", "Score the engines on a folder of labelled material."),
    "serve": ("serve", "Show the archive as pages on this machine."),
    "desk": ("desk", "Say who may decide on the pages."),
    "mcp": ("mcp", "Answer an assistant's questions, read-only."),
}

INTERRUPTED = 130  # what shells say of a command that Ctrl-C ended
# what a disk or a folder refuses, wherever it is met, and what a person does about it
UNWRITABLE = dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room") | dict.fromkeys(
    (errno.EROFS, errno.EACCES, errno.EPERM),
    "let this user read and write there, or name another --home",
)


def wrong_settings(fault: ValueError) -> str:
    """What is wrong with settings of the environment, by name; empty for any other fault.

    Told by its title: pydantic is too heavy to be imported here. What was set is not repeated, for
    some settings are secrets.
    """
    if getattr(fault, "title", "") != "Settings":
        return ""
    errors: list[dict[str, Any]] = fault.errors()  # type: ignore[attr-defined]
    return "; ".join(
        f"the setting MATTERS_{str(e['loc'][0]).upper()} cannot be used "
        f"({e['msg'][:1].lower()}{e['msg'][1:]}): correct it or unset it"
        for e in errors
    )


class Commands(click.Group):
    """A group that imports a command's module when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of this name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"matters_arising.cli.{COMMANDS[name][0]}")
        found: click.Command = getattr(module, name.replace("-", "_"))
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing one of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; what a person can mend is one line, a bug keeps its traceback."""
        try:
            return super().invoke(ctx)
        except MattersArisingError as fault:
            raise click.ClickException(str(fault)) from fault
        except KeyboardInterrupt:
            click.echo("interrupted; what was finished is kept", err=True)
            raise SystemExit(INTERRUPTED) from None
        except OSError as fault:
            if fault.errno not in UNWRITABLE:
                raise
            raise click.ClickException(
                f"{fault.filename or 'a file'} could not be used ({fault.strerror}): "
                f"{UNWRITABLE[fault.errno]}, then run this again"
            ) from fault
        except ValueError as fault:
            wrong = wrong_settings(fault)
            if not wrong:
                raise
            raise click.ClickException(wrong) from fault

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was asked for; a misspelt one is told what it may have meant."""
        asked = args[0]
        if asked not in COMMANDS and not asked.startswith("-"):
            near = difflib.get_close_matches(asked, COMMANDS, n=1)
            meant = f"; did you mean '{near[0]}'?" if near else ""
            ctx.fail(f"there is no command '{asked}'{meant}")
        return super().resolve_command(ctx, args)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="matters")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the archive (default: MATTERS_HOME, else ./matters-data).",
)
@click.option("--verbose", "-v", is_flag=True, help="Tell what is being done, on standard error.")
@click.pass_context
def main(ctx: click.Context, home: Path | None, verbose: bool) -> None:
    """Matters Arising: who said what in council meetings, and what became of it.

    \b
    Begin with:   matters demo
    Then:         matters process my-meetings/
                  matters search "live facial recognition"
    """
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    if verbose:
        for package in ("transcripts", "models", "warehouse", "flows", "matters_arising"):
            logging.getLogger(package).setLevel(logging.INFO)
    ctx.obj = home
