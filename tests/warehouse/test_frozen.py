"""An export is a data set: it opens elsewhere, says what it is, and is the same when made again."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import duckdb
import jsonschema
import pandas as pd
import pytest
import yaml

from matters_arising.errors import StoreError, UnknownValueError
from tests.warehouse import builders as b
from tests.warehouse.test_privacy import SECRETS, hostile
from transcripts.ledger import Decision, Ledger
from warehouse import sql, store
from warehouse.dictionary import dictionary
from warehouse.export import export
from warehouse.frozen import Terms
from warehouse.migrate import INNER, VIEWS
from warehouse.reader import open_reader

TERMS = Terms(('Aldermere Post: "data", desk\n', "Zoë – O’Hara"), "CC-BY-4.0")
WITHHOLD = Decision(
    "withhold", "withheld", "A. Clerk", "2026-06-03T10:00:00+00:00", name="Tom Petty"
)
# What of https://citation-file-format.github.io 1.2.0 concerns the keys we write; once checked
# against the whole of it.
CFF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["cff-version", "message", "title", "authors"],
    "properties": {
        "cff-version": {"const": "1.2.0"},
        "message": {"type": "string", "minLength": 1},
        "type": {"enum": ["dataset", "software"]},
        "title": {"type": "string", "minLength": 1},
        "abstract": {"type": "string", "minLength": 1},
        "version": {"type": "string", "minLength": 1},
        "date-released": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "license": {"type": "string", "pattern": r"^[A-Za-z0-9.-]+$"},
        "authors": {
            "type": "array", "minItems": 1, "uniqueItems": True,
            "items": {"type": "object", "required": ["name"], "additionalProperties": False,
                      "properties": {"name": {"type": "string", "minLength": 1}}},
        },
        "identifiers": {
            "type": "array", "minItems": 1, "uniqueItems": True,
            "items": {"type": "object", "required": ["type", "value"],
                      "additionalProperties": False,
                      "properties": {"type": {"enum": ["doi", "url", "swh", "other"]},
                                     "value": {"type": "string"},
                                     "description": {"type": "string"}}},
        },
        "keywords": {"type": "array", "minItems": 1, "uniqueItems": True,
                     "items": {"type": "string", "minLength": 1}},
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two meetings, one of which tries to show its residents."""
    made = tmp_path_factory.mktemp("archive")
    store.load(made, [b.done(), hostile()])
    return made


@pytest.fixture(scope="module")
def data_set(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, exported as Parquet."""
    folder = tmp_path_factory.mktemp("out") / "set"
    export(home, folder, "parquet", TERMS)
    return folder


@pytest.mark.parametrize("view", VIEWS)
def test_plain_duckdb_and_pandas_read_what_the_view_holds(
    home: Path, data_set: Path, view: str
) -> None:
    """Row by row, with the types of the view; pandas by count, column and value."""
    file = str(data_set / f"{view}.parquet")
    with open_reader(home) as reader:
        held = reader.con.view(view).order("ALL")
        columns, types, rows = held.columns, held.types, held.fetchall()
    with duckdb.connect() as plain:
        read = plain.from_parquet(file)
        told = (read.columns, read.types, read.fetchall())
    frame = pd.read_parquet(file)

    assert told == (columns, types, rows)
    assert (len(frame), list(frame.columns)) == (len(rows), columns)
    for n, column in enumerate(columns):
        values = [None if pd.isna(v) else v for v in frame[column].tolist()]
        assert values == [row[n] for row in rows]


def test_figures_counted_in_pandas_are_those_of_the_views(home: Path, data_set: Path) -> None:
    """As a researcher would."""
    said = pd.read_parquet(data_set / "utterances.parquet").query("preferred")
    with open_reader(home) as reader:
        counted = reader.con.execute(
            "SELECT speaker, sum(words) FROM utterances WHERE preferred GROUP BY ALL ORDER BY ALL"
        ).fetchall()

    assert sorted(said.groupby("speaker").words.sum().items()) == counted
    assert len(counted) > 4


def test_the_same_record_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Also from a warehouse that was loaded in another order, in another folder, and once over."""
    for place, meetings in (("one", ("a", "b")), ("elsewhere/two", ("b", "a", "b"))):
        for meeting_id in meetings:
            store.load(tmp_path / place, [b.done(meeting_id)])
        export(tmp_path / place, tmp_path / place / "out", "parquet", TERMS)

    one, two = (
        {p.name: sha256(p.read_bytes()).hexdigest() for p in (tmp_path / place / "out").iterdir()}
        for place in ("one", "elsewhere/two")
    )
    assert one == two
    assert len(one) == len(VIEWS) + 7


def test_only_what_the_manifest_names_depends_on_the_day(data_set: Path) -> None:
    """No other view asks for it; where this fails, name the view in DEPENDS_ON_DAY."""
    clock = re.compile(r"current_(date|time)|\bnow\(|today\(|get_current|localtime", re.IGNORECASE)
    asking = [v for v in (*INNER, *VIEWS) if clock.search(sql.text("views", v))]
    manifest = json.loads((data_set / "manifest.json").read_text())

    assert manifest["depends_on_day"] == [f"{v}.parquet" for v in asking] == ["register.parquet"]


def test_sums_and_manifest_hold_for_every_file(data_set: Path) -> None:
    """None is left out, none is named that is not there."""
    sums = dict(
        line.split("  ")[::-1] for line in (data_set / "SHA256SUMS").read_text().splitlines()
    )
    there = {p.name: sha256(p.read_bytes()).hexdigest() for p in data_set.iterdir()}
    manifest = json.loads((data_set / "manifest.json").read_text())

    assert sums == {name: digest for name, digest in there.items() if name != "SHA256SUMS"}
    assert {n: f["sha256"] for n, f in manifest["files"].items()} == {
        f"{view}.parquet": there[f"{view}.parquet"] for view in VIEWS
    }
    assert manifest["schema"] == sql.names("schema")[-1]
    assert manifest["coverage"]["meetings"] == 2
    assert manifest["coverage"]["words"] > 50
    assert {e["engine"] for e in manifest["engines"]} >= {"scripted", "patterns"}
    assert (data_set / "VERSION").read_text().strip().endswith(manifest["data_sha256"][:12])


def test_the_dictionary_is_the_one_that_the_command_lists(home: Path, data_set: Path) -> None:
    """Every column of every view, with type, unit and meaning."""
    with open_reader(home) as reader:
        columns = dictionary(reader.con)
        held = [(v, c) for v in VIEWS for c in reader.con.view(v).columns]
    words = (data_set / "DICTIONARY.md").read_text()

    assert [(c.view, c.column) for c in columns] == held
    for c in columns:
        assert f"| {c.column} | {c.type} | {c.unit} | {c.meaning} |" in words
        assert c.meaning
        assert c.unit or c.type == "VARCHAR"


def test_the_citation_is_valid_and_says_who_and_which(data_set: Path) -> None:
    """Whatever stands in a name."""
    cited = yaml.safe_load((data_set / "CITATION.cff").read_text())
    cited["date-released"] = str(cited["date-released"])
    zenodo = json.loads((data_set / "zenodo.json").read_text())

    jsonschema.Draft7Validator(CFF).validate(cited)
    assert [a["name"] for a in cited["authors"]] == list(TERMS.authors)
    assert (cited["license"], zenodo["license"]) == ("CC-BY-4.0", "cc-by-4.0")
    assert cited["version"] == (data_set / "VERSION").read_text().strip() == zenodo["version"]
    assert "Aldermere Borough Council" in cited["title"] == zenodo["title"]


def test_without_terms_no_licence_and_no_author_is_made_up(home: Path, tmp_path: Path) -> None:
    """The archive is named, not the council: it did not write what machines heard."""
    export(home, tmp_path / "set", "jsonl")
    cited = yaml.safe_load((tmp_path / "set" / "CITATION.cff").read_text())

    assert "license" not in cited
    assert cited["authors"] == [{"name": "Matters Arising archive of Aldermere Borough Council"}]
    assert "No licence was stated" in (tmp_path / "set" / "README.md").read_text()
    with pytest.raises(UnknownValueError, match=r"CC-BY-4\.0"):
        export(home, tmp_path / "other", "jsonl", Terms(licence="mine"))


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_no_hidden_name_and_no_folder_of_this_machine_leaves(
    tmp_path: Path, home: Path, format: str
) -> None:
    """Not in a view, not in what is written beside the views."""
    withheld = tmp_path / "home"
    store.load(withheld, [b.done(), hostile()], decisions=[WITHHOLD])
    export(withheld, tmp_path / "set", format)
    told = _everything(tmp_path / "set").casefold()

    assert "ann varley" in told
    assert [s for s in (*SECRETS, "joan petty", "tom petty") if s in told] == []
    assert str(tmp_path) not in told
    assert "tom petty" in _everything(_exported(home, tmp_path / "with", format)).casefold()


def test_recordings_are_told_by_the_names_of_their_files(tmp_path: Path) -> None:
    """Where they lay is nobody's business."""
    meeting = b.meeting()
    lay = type(meeting.recordings[0])("/home/jo.clerk/June/a.opus", b.sha_of(meeting.id), 0.0)
    moved = type(meeting)(
        **{f: getattr(meeting, f) for f in meeting.__slots__} | {"recordings": (lay,)}
    )
    store.load(tmp_path, [b.ProcessedMeeting(moved, (b.processed(b.transcript(meeting.id)),))])
    export(tmp_path, tmp_path / "set", "parquet")
    read = pd.read_parquet(tmp_path / "set" / "recordings.parquet")

    said = pd.read_parquet(tmp_path / "set" / "utterances.parquet")

    assert read.path.tolist() == ["a.opus"]
    assert said.link[0] == "a.opus#t=0.0"
    assert "jo.clerk" not in _everything(tmp_path / "set")


def test_nothing_leaves_while_a_withheld_name_still_stands_in_the_views(tmp_path: Path) -> None:
    """The load that takes it out comes first."""
    ledger = Ledger(tmp_path)
    standing, mark = ledger.standing_to()
    store.load(tmp_path, [b.done()], decisions=standing, mark=mark)
    ledger.append([WITHHOLD])

    with pytest.raises(StoreError, match="withheld since"):
        export(tmp_path, tmp_path / "set", "parquet")
    assert [p for p in tmp_path.iterdir() if "set" in p.name] == []


def _exported(home: Path, folder: Path, format: str) -> Path:
    export(home, folder, format)
    return folder


def _everything(folder: Path) -> str:
    """All that stands in the files of a folder, as text."""
    out = []
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            out.append(pd.read_parquet(path).to_json(force_ascii=False, date_format="iso"))
        else:
            out.append(path.read_text(encoding="utf-8"))
    return "\n".join(out)
