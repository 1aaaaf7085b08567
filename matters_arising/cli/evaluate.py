"""``matters evaluate``: the engines scored on labelled material, with the scorers' own figures."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import click

from matters_arising.cli.output import as_json, plain

BENCHES = {
    "findings": "models.evaluation.findings",
    "naming": "models.evaluation.naming",
    "retrieval": "warehouse.evaluation_retrieval",
    "series": "models.evaluation.series",
    "speech": "models.evaluation.speech",
}


@click.command()
@click.argument("bench", type=click.Choice(sorted(BENCHES)))
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--json", "json_", is_flag=True, help="Print the figures as JSON.")
@click.option(
    "--predictions",
    type=click.Path(path_type=Path),
    help="Write the predictions here, in the format of the benchmark.",
)
@click.option(
    "--mode",
    type=click.Choice(["words", "both"]),
    default="both",
    show_default=True,
    help="Retrieval only: rank by words alone, or by words and meaning.",
)
@click.option(
    "--parts",
    is_flag=True,
    help="Retrieval only: what each part of the order brings.",
)
@click.option(
    "--bare",
    is_flag=True,
    help="Findings only: read the sentences without punctuation and capitals.",
)
@click.option(
    "--wrong-turns",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Naming only: give this share of the turns to a wrong voice first.",
)
@click.option(
    "--merged",
    is_flag=True,
    help="Naming only: make two voices of each meeting one first.",
)
def evaluate(
    bench: str,
    folder: Path,
    json_: bool,
    predictions: Path | None,
    mode: str,
    parts: bool,
    bare: bool,
    wrong_turns: float,
    merged: bool,
) -> None:
    """Score an engine on a folder of labelled material.

    FOLDER holds what the benchmark of this name asks of, and its answers. Where the answers are
    not there it only predicts: name a file for the predictions then. The formats are those of the
    benchmarks and do not change without a word in the changelog.

    \b
    Examples:
      matters evaluate naming benchmarks/naming --json
      matters evaluate naming benchmarks/naming --wrong-turns 0.05
      matters evaluate findings benchmarks/findings --bare
      matters evaluate retrieval benchmarks/retrieval --parts
      matters evaluate findings unseen/ --predictions findings.jsonl
    """
    module = importlib.import_module(BENCHES[bench])
    if parts:
        _show_parts(module, bench, folder, mode, json_)
        return
    disturbed = _disturbed(bench, wrong_turns, merged)
    made = _predict(module, bench, folder, mode, bare, disturbed)
    if predictions is not None:
        module.write(made, predictions)
    figures = module.score(folder, made, **disturbed)
    if json_:
        click.echo(as_json({"bench": bench, "folder": str(folder), "scores": figures}))
    elif figures is None:
        click.echo(f"{folder} holds no answers: nothing could be scored")
    else:
        _show(figures)
    if predictions is not None and not json_:
        click.echo(f"predictions are in {predictions}")
    elif figures is None and predictions is None:
        raise click.UsageError("without answers there is only --predictions FILE to ask for")


def _disturbed(bench: str, wrong_turns: float, merged: bool) -> dict[str, Any]:
    """What is done to the voices before they are named; nothing for other benchmarks."""
    asked = {"wrong_turns": wrong_turns, "merged": merged} if wrong_turns or merged else {}
    if asked and bench != "naming":
        raise click.UsageError("--wrong-turns and --merged are for naming")
    return asked


def _predict(
    module: Any, bench: str, folder: Path, mode: str, bare: bool, disturbed: dict[str, Any]
) -> Any:
    if bare and bench != "findings":
        raise click.UsageError("--bare is for findings")
    if bench == "findings":
        return module.predict(folder, bare=bare)
    if bench != "retrieval":
        return module.predict(folder, **disturbed)
    return module.predict(folder, encode=_encoder(mode))


def _encoder(mode: str) -> Any:
    if mode == "words":
        return None
    from models.vectors import MiniLM

    return MiniLM().encode


def _show_parts(module: Any, bench: str, folder: Path, mode: str, json_: bool) -> None:
    """The two figures of the whole archive, for every part added to those before it."""
    if bench != "retrieval":
        raise click.UsageError("--parts is for retrieval")
    told = {}
    for name, run in module.parts(folder, encode=_encoder(mode)).items():
        figures = module.score(folder, run, "", "archive")
        if figures is None:
            raise click.UsageError(f"{folder} holds no answers: nothing could be scored")
        told[name] = {
            split: {m: of["archive"][m] for m in ("ndcg@10", "success@5")}
            for split, of in figures.items()
        }
    if json_:
        click.echo(as_json({"bench": bench, "folder": str(folder), "parts": told}))
    else:
        _show(told)


def _show(figures: Any, indent: str = "") -> None:
    for name, value in figures.items():
        if isinstance(value, dict):
            click.echo(f"{indent}{name}")
            _show(value, indent + "  ")
        else:
            shown = f"{value:.4f}" if isinstance(value, float) else plain(value)
            click.echo(f"{indent}{name:<24} {shown}")
