"""What makes a folder of exported views a data set: what it is, what it speaks for, how to cite it.

Nothing here tells the time: the same archive, asked on the same day by the same versions of the
programs, gives the same bytes. The day itself is told, because the register depends on it.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

import matters_arising
from warehouse import citation, sql
from warehouse.dictionary import as_markdown, by_view, dictionary
from warehouse.reader import Reader

LAYOUT = 1  # raised when the files beside the views change their shape
NOTE = (
    "Machine-made from recordings and not checked unless decided_by names a person; the minutes "
    "are the formal record. Names of members of the public are not included."
)
SUMS = "SHA256SUMS"
DEPENDS_ON_DAY = ("register",)
MADE_WITH = ("duckdb", "pyarrow")


@dataclass(frozen=True, slots=True)
class Terms:
    """Who publishes a data set and under which licence; what is empty is said to be."""

    authors: tuple[str, ...] = ()
    licence: str = ""


def describe(
    reader: Reader, folder: Path, counts: Mapping[str, int], format: str, terms: Terms
) -> None:
    """Writes manifest, readme, dictionary, citation and sums beside the views in ``folder``."""
    columns = dictionary(reader.con)
    (folder / "DICTIONARY.md").write_text("# Data dictionary\n\n" + as_markdown(columns), "utf-8")
    (facts,) = sql.rows(reader.con, "frozen_coverage")
    views = {
        path.name: _file(path, counts[path.stem]) for path in sorted(folder.glob(f"*.{format}"))
    }
    manifest = {
        "program": "matters-arising",
        "version": matters_arising.__version__,
        "layout": LAYOUT,
        "schema": sql.names("schema")[-1],
        "format": format,
        "as_of": sql.one(reader.con, "today")[0],
        "data_sha256": _digest(views),
        "note": NOTE,
        "licence": terms.licence or None,
        "authors": list(terms.authors),
        "coverage": facts,
        "meetings": [m for (m,) in sql.run(reader.con, "meeting_ids").fetchall()],
        "engines": sql.rows(reader.con, "frozen_engines"),
        "made_with": {name: importlib.metadata.version(name) for name in MADE_WITH},
        "depends_on_day": [name for name in views if Path(name).stem in DEPENDS_ON_DAY],
        "rows": dict(counts),
        "files": views,
    }
    _json(folder / "manifest.json", manifest)
    (folder / "VERSION").write_text(version_of(manifest) + "\n", "utf-8")
    meanings = {view: meaning for view, meaning, _ in by_view(columns)}
    (folder / "README.md").write_text(_readme(manifest, meanings, terms), "utf-8")
    cited = citation.Cited(title_of(manifest), version_of(manifest), str(manifest["as_of"]), NOTE)
    (folder / "CITATION.cff").write_text(citation.as_cff(cited, manifest, terms), "utf-8")
    _json(folder / "zenodo.json", citation.as_zenodo(cited, manifest, terms))
    _sums(folder)


def version_of(manifest: Mapping[str, Any]) -> str:
    """The day and the content: ``2026-11-25-3f9a01c2b7d4``."""
    return f"{manifest['as_of']}-{manifest['data_sha256'][:12]}"


def title_of(manifest: Mapping[str, Any]) -> str:
    """What a catalogue calls it."""
    covered = manifest["coverage"]
    councils = " and ".join(covered["councils"] or ["no council"])
    span = f", {covered['first']} to {covered['last']}" if covered["first"] else ""
    return f"What was said in meetings of {councils}{span}"


def _file(path: Path, rows: int) -> dict[str, Any]:
    with path.open("rb") as file:
        return {
            "rows": rows,
            "bytes": path.stat().st_size,
            "sha256": file_digest(file, "sha256").hexdigest(),
        }


def _digest(views: Mapping[str, Mapping[str, Any]]) -> str:
    lines = (f"{facts['sha256']}  {name}\n" for name, facts in views.items())
    return sha256("".join(lines).encode()).hexdigest()


def _json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _sums(folder: Path) -> None:
    """One line a file, as ``sha256sum -c SHA256SUMS`` reads it."""
    lines = [
        f"{sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def _readme(manifest: Mapping[str, Any], meanings: Mapping[str, str], terms: Terms) -> str:
    covered, ending = manifest["coverage"], manifest["format"]
    files = [
        f"| {name} | {facts['rows']} | {meanings[Path(name).stem]} |"
        for name, facts in manifest["files"].items()
    ]
    return README.format(
        title=title_of(manifest),
        version=version_of(manifest),
        made_by=f"matters-arising {manifest['version']}, schema {manifest['schema']}",
        note=NOTE,
        shares=_shares(covered),
        files="\n".join(files),
        ending=ending,
        opening=OPENING[ending],
        licence=_licence(terms),
        day_files=", ".join(manifest["depends_on_day"]),
        with_=", ".join(f"{k} {v}" for k, v in manifest["made_with"].items()),
        as_of=manifest["as_of"],
        sums=SUMS,
        **{k: covered[k] for k in ("meetings", "transcripts", "hours", "words", "gaps")},
    )


def _shares(covered: Mapping[str, Any]) -> str:
    named: Sequence[tuple[str, str]] = (
        ("share_transcribed", "of the speech has words"),
        ("share_with_voice", "of the words have a voice"),
        ("share_named", "of the words have a name"),
        ("share_in_items", "of the sentences are matched to an agenda item"),
    )
    told = (f"- {covered[k]:.1%} {words}" for k, words in named if covered[k] is not None)
    return "\n".join(told) or "- nothing was measured"


def _licence(terms: Terms) -> str:
    if terms.licence:
        return f"Published under {terms.licence} by {', '.join(terms.authors) or 'its publisher'}."
    return (
        "No licence was stated when this was exported, so none is given. Whoever publishes it says "
        "under which terms; the council may hold rights in the recordings."
    )


OPENING = {
    "parquet": "duckdb.sql(\"SELECT * FROM 'register.parquet'\")\n"
    'pandas.read_parquet("register.parquet")',
    "csv": "duckdb.sql(\"SELECT * FROM read_csv('register.csv', all_varchar = true)\")\n"
    'pandas.read_csv("register.csv", dtype=str, keep_default_na=False)',
    "jsonl": "duckdb.sql(\"SELECT * FROM read_json('register.jsonl')\")\n"
    'pandas.read_json("register.jsonl", lines=True)',
}
README = """# {title}

Version {version}, made by {made_by}.

{note}

## What it speaks for

{meetings} meetings, {transcripts} transcripts, {hours} hours, {words} words; {gaps} stretches are
known to be missing (`gaps.{ending}`).

{shares}

What is not in these files may have been said all the same. Shares by meeting are in
`coverage.{ending}`; the engines, models and settings behind every row in `engines.{ending}`.

## Files

| file | rows | one row is |
|---|---|---|
{files}

Every column, with its type, unit and meaning, is in `DICTIONARY.md` and `data_dictionary.{ending}`.
A recording may have several transcripts: count with `preferred` alone, or you count twice.

```python
{opening}
```

## People

Members of the public are "Member of the public 1"; names that were withheld are "[name withheld]"
in every text. A voice has a name only where there is evidence (`speaker_reasons.{ending}`). Do not
use these files to find out who a member of the public is, or to rank or profile persons.

## Licence and citation

{licence} How to cite it is in `CITATION.cff`; `zenodo.json` holds the same for a
repository. Neither holds a DOI until one is given.

## The same again

`sha256sum -c {sums}` checks the files. The same record, exported on the same day with the same
versions ({with_}), gives the same bytes. On another day these differ: {day_files}, which
tells what is late or silent on the day of asking ({as_of}), and the files that name that day or
its hash (`manifest.json`, `VERSION`, `README.md`, `CITATION.cff`, `zenodo.json`, `{sums}`).
"""
