"""Holding back, redacting and purging: real runs, and every byte of the home looked at after."""

from __future__ import annotations

import json
import shutil
import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from flows import keeping, retention
from flows.forgetting import forget_id
from flows.holding import hold
from flows.load import decide, release
from flows.proof import Telling, search, telling
from flows.stretches import Stretch
from matters_arising.errors import BadInputError
from tests import tiny_meetings
from tests.flows.support import matters
from tests.sample_home import JULY, JUNE
from transcripts.copies import Copy, note
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record
from warehouse.publish import live_generation
from warehouse.reader import open_reader
from warehouse.search import search as search_words

TOMORROW = date.today() + timedelta(days=1)
FIRST, SECOND = "aldermere-scsc-2021-01-07", "aldermere-hsc-2021-01-14"
ADDRESS = "Mister Quillfeather lives at forty Bramblewick Terrace."  # said by nobody else


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two meetings; in the first somebody's address is read out in the middle of a speech."""
    folder = tmp_path_factory.mktemp("inbox")
    lines = tiny_meetings.said(0, 6)
    lines[3] = (lines[3][0], f"{ADDRESS} {lines[3][1]}")
    made = tiny_meetings.make(folder, 0)
    (made / "captions.vtt").write_text(tiny_meetings.captions(lines))
    tiny_meetings.make(folder, 1, sayings=4)
    return folder


@pytest.fixture(scope="module")
def processed(tmp_path_factory: pytest.TempPathFactory, inbox: Path) -> Path:
    home = tmp_path_factory.mktemp("processed") / "home"
    done = matters(home, "process", str(inbox), "--engine", "captions")
    assert "2 processed" in done.stdout, done.stdout + done.stderr
    return home


@pytest.fixture
def home(processed: Path, tmp_path: Path) -> Path:
    """A copy of it, to be changed, with a decision that quotes the secret."""
    home = Path(shutil.copytree(processed, tmp_path / "home"))
    (part,) = Record(home).read(FIRST).transcripts
    said = next(s for s in part.transcript.sentences if "Quillfeather" in s.text)
    quote = Decision(
        "speaker", "", "A. Clerk", now(), meeting_id=FIRST, words=said.text,
        recording_sha256=part.transcript.recording_sha256, start_s=said.start_s, end_s=said.end_s,
    )  # fmt: skip
    decide(home, [quote])
    return home


@pytest.fixture
def sample(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "sample"))


def hits(home: Path, word: str) -> set[str]:
    with open_reader(home) as reader:
        return {h.meeting_id for h in search_words(reader, word).hits}


def test_the_proof_finds_words_in_record_results_ledger_and_warehouse(home: Path) -> None:
    """Else that it finds nothing after would mean nothing."""
    wanted = telling([ADDRESS], ["somebody lives there"])

    files = {Path(file).parts[0] for file, _ in search(home, wanted).found}

    assert {"quillfeather", "bramblewick"} <= set(wanted.words)
    assert "terrace." in wanted.phrases[0]
    assert {"record", "cache", "ledger.jsonl"} <= files
    assert any(name.endswith(".duckdb") for name in files)


def test_prefect_is_told_neither_words_nor_roster(processed: Path) -> None:
    """It keeps the parameters of every run."""
    told = b"".join(p.read_bytes() for p in (processed / "prefect").iterdir() if p.is_file())

    assert FIRST.encode() in told
    assert b"Fletcher" not in told
    assert b"Quillfeather" not in told


@pytest.mark.prefect
def test_what_is_redacted_is_nowhere_also_after_the_meeting_is_processed_again(
    home: Path, inbox: Path, tmp_path: Path
) -> None:
    note(home, Copy("export", str(tmp_path), "2026-01-01T00:00:00+00:00", (FIRST,)))
    before = Record(home).read(FIRST).transcripts[0].transcript
    said = next(s for s in before.sentences if "Quillfeather" in s.text)
    after_it = before.sentences[before.sentences.index(said) + 1]

    told = matters(home, "redact", FIRST, "--from", f"{said.start_s + 0.5}", "--to",
                   f"{said.start_s + 0.6}", "--why", "an address", "--by", "A. Clerk")  # fmt: skip

    assert told.returncode == 0, told.stdout + told.stderr
    assert "telling words and phrases: none is there" in told.stdout
    assert f"still in the export of 2026-01-01 00:00 in {tmp_path}" in told.stdout
    assert str(inbox / FIRST / "captions.vtt") in told.stdout
    wanted = telling([ADDRESS], [])
    assert search(home, wanted).found == ()
    left = Record(home).read(FIRST).transcripts[0].transcript
    assert [s.text for s in left.sentences] == [s.text for s in before.sentences if s is not said]
    assert after_it.text in [s.text for s in left.sentences]
    assert [g.why for g in left.coverage.gaps] == ["redacted on a person's decision"]

    assert "Nothing new" in matters(home, "process", str(inbox), "--engine", "captions").stdout
    changed = Path(shutil.copytree(inbox, tmp_path / "changed"))
    toml = changed / FIRST / "meeting.toml"
    toml.write_text(toml.read_text().replace('"Matters arising"', '"Matters arising and minutes"'))
    again = matters(home, "process", str(changed), "--engine", "captions")
    assert "1 processed" in again.stdout
    assert search(home, wanted).found == ()
    (part,) = Record(home).read(FIRST).transcripts
    assert [s.text for s in part.transcript.sentences] == [s.text for s in left.sentences]

    (changed / FIRST / "captions.vtt").write_text(tiny_meetings.captions([("A", ADDRESS)] * 9))
    recut = matters(home, "process", str(changed), "--engine", "captions")
    assert "is not the one in which" in recut.stdout
    assert f"matters redact {FIRST} --recording FILE" in recut.stdout
    assert search(home, wanted).found == ()


def test_a_deed_that_was_cut_short_is_done_at_the_next_run(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the line was written, and again after half of the deed."""

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(keeping, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.purge(home, FIRST, "A. Clerk", "recorded without notice")
    with monkeypatch.context() as patch:
        patch.setattr(keeping, "rebuild_alone", killed)
        with pytest.raises(KeyboardInterrupt):
            keeping.settle_all(home)
    assert hits(home, "Quillfeather")

    assert keeping.settle_all(home) == [FIRST]

    assert keeping.settle_all(home) == []
    assert hits(home, "Quillfeather") == set()
    assert search(home, telling([ADDRESS], [])).found == ()


def test_a_purged_meeting_is_left_out_until_the_line_is_undone(home: Path, inbox: Path) -> None:
    deed = keeping.purge(home, FIRST, "A. Clerk", "recorded without notice")
    left_out = matters(home, "process", str(inbox), "--engine", "captions", "--json")

    assert deed.proof.found == ()
    assert len(deed.proof.words) > 20
    assert deed.traces is not None
    assert (deed.traces.rows > 10, deed.traces.left) == (True, ())
    assert "looked through the database and" in deed.traces.told
    assert Record(home).meeting_ids() == [SECOND]
    outcomes = {o["meeting_id"]: o for o in json.loads(left_out.stdout)["meetings"]}
    assert outcomes[FIRST]["outcome"] == "left out"
    assert f"matters decide undo {deed.line.id}" in outcomes[FIRST]["message"]
    assert outcomes[SECOND]["outcome"] == "up to date"


def test_the_id_of_a_purged_meeting_leaves_prefect_and_others_stay(home: Path) -> None:
    longer = f"{FIRST}-part-two"
    database = home / "prefect" / "prefect.db"
    with sqlite3.connect(database) as con:
        (some,) = con.execute(
            "SELECT id FROM flow_run WHERE name <> ? LIMIT 1", (FIRST,)
        ).fetchone()
        con.execute("UPDATE flow_run SET name = ? WHERE id = ?", (longer, some))
    con.close()
    assert FIRST.encode() in database.read_bytes()

    traces = forget_id(home, FIRST, "purged-x")

    told = b"".join(p.read_bytes() for p in (home / "prefect").iterdir())
    assert traces.left == ()
    assert told.count(FIRST.encode()) == told.count(longer.encode()) > 0
    assert SECOND.encode() in told
    with sqlite3.connect(database) as con:
        assert con.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert con.execute("SELECT count(*) FROM flow_run WHERE name = 'purged-x'").fetchone()[0]
    con.close()


def test_a_database_that_cannot_be_changed_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for log in (home / "prefect").glob("prefect.db-*"):
        log.unlink()  # of the database that was there
    (home / "prefect" / "prefect.db").write_bytes(FIRST.encode() + b" is no database")
    traces = forget_id(home, FIRST, "purged-x")
    monkeypatch.setenv("PREFECT_API_URL", "http://prefect.example/api")
    elsewhere = forget_id(home, FIRST, "purged-x")

    assert "unchanged ((sqlite3.DatabaseError)" in traces.left[0]
    assert traces.left[-1] == "prefect/prefect.db"
    assert "it still stands in Prefect's database sqlite" in traces.told
    assert elsewhere.left[0] == (
        "the Prefect server http://prefect.example/api, which is yours: look there"
    )


MINUTES = """Minutes of the Safer Communities Scrutiny Committee held on 7 January 2021

4. Parking

RESOLVED:

1. That the Cabinet be recommended to write to Mister Quillfeather of Bramblewick Terrace.

2. That the Committee thank its officers.
"""


def test_a_point_of_the_minutes_is_redacted_with_proof_and_stays_out(
    home: Path, tmp_path: Path
) -> None:
    paper = tmp_path / "minutes.txt"
    paper.write_text(MINUTES)
    assert matters(home, "minutes", str(paper), "--meeting", FIRST).returncode == 0
    said = next(
        s for s in Record(home).read(FIRST).transcripts[0].transcript.sentences
        if "Quillfeather" in s.text
    )  # fmt: skip
    spoken = matters(home, "redact", FIRST, "--from", f"{said.start_s}", "--to", f"{said.end_s}",
                     "--why", "an address", "--by", "A. Clerk")  # fmt: skip
    point, other = Record(home).minutes(FIRST)[0].points
    assert f"the minutes hold words of it: matters redact {FIRST} --point {point.id}" in (
        spoken.stdout
    )

    done = matters(home, "redact", FIRST, "--point", point.id, "--why", "an address",
                   "--by", "A. Clerk")  # fmt: skip

    assert "telling words and phrases: none is there" in done.stdout, done.stdout + done.stderr
    assert f"not touched: {paper}" in done.stdout
    assert search(home, telling(["Quillfeather of Bramblewick Terrace"], [])).found == ()
    again = matters(home, "minutes", str(paper), "--meeting", FIRST, "--state", "approved")
    assert again.returncode == 0
    assert "Quillfeather" not in again.stdout
    kept = Record(home).minutes(FIRST)
    assert [p.id for m in kept for p in m.points] == [other.id, other.id]
    assert kept[-1].left_out == ("1 point redacted on a person's decision",)
    assert search(home, telling(["Quillfeather of Bramblewick Terrace"], [])).found == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--point", "nowhere"), "no point of the minutes 'nowhere'"),
        (("--point", "p", "--from", "1"), "without --from and --to"),
        (("--from", "1"), "--from TIME --to TIME, or --point ID"),
    ],
)
def test_what_cannot_be_redacted_is_told(
    home: Path, arguments: tuple[str, ...], words: str
) -> None:
    told = matters(home, "redact", FIRST, *arguments, "--why", "x", "--by", "A. Clerk")

    assert (told.returncode != 0, words in told.stderr) == (True, True), told.stderr


def test_a_held_meeting_is_nowhere_to_be_seen_until_its_day(sample: Path, tmp_path: Path) -> None:
    made = hold(sample, JULY, TOMORROW, "A. Clerk", "election period").line
    matters(sample, "export", str(tmp_path / "export"), "--format", "jsonl")
    held = b"".join(p.read_bytes() for p in (tmp_path / "export").iterdir())

    assert hits(sample, "fridge") == set()
    assert JULY.encode() not in held
    assert JUNE.encode() in held
    assert not any(JULY in word for _, word in search(sample, Telling((JULY,), ())).found
                   if word.endswith(".duckdb"))  # fmt: skip
    assert release(sample) == []

    decide(sample, [Decision("undo", made.id, "A. Clerk", now())])
    assert hits(sample, "fridge") == {JULY}


def test_a_held_meeting_is_previewed_by_who_has_the_archive_and_shown_to_nobody(
    sample: Path,
) -> None:
    hold(sample, JULY, TOMORROW, "A. Clerk", "election period")
    decide(sample, [Decision("withhold", "withheld", "A. Clerk", now(), name="Helen Penrose")])
    before = (live_generation(sample), Ledger(sample).all_lines())

    told = matters(sample, "preview", JULY)
    as_json = json.loads(matters(sample, "preview", JULY, "--json").stdout)

    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("HELD BACK, for you alone: Safer Communities")
    assert "fridge" in told.stdout
    assert "Penrose" not in told.stdout
    assert as_json["held_back"] is True
    assert {f["kind"] for f in as_json["findings"]} >= {"concern", "undertaking"}
    assert (live_generation(sample), Ledger(sample).all_lines()) == before
    assert hits(sample, "fridge") == set()
    assert "is not held back" in matters(sample, "preview", JUNE).stderr


def test_a_hold_ends_on_its_day(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hold(sample, JULY, TOMORROW, "A. Clerk", "")

    class Later(date):
        @classmethod
        def today(cls) -> date:
            return TOMORROW

    monkeypatch.setattr("flows.load.date", Later)
    assert release(sample) == [JULY]
    assert hits(sample, "fridge") == {JULY}


def test_clocks_take_what_is_over_its_time_and_only_that(sample: Path) -> None:
    """June's transcript is over its time; of July only the vectors are."""
    clocks = {"transcript": 100, "findings": 100, "vectors": 60}
    day = date(2026, 9, 22)  # 103 and 68 days after the meetings

    listed = retention.due(sample, clocks, day)
    before = Ledger(sample).all_lines()
    done = retention.apply(sample, listed, "A. Clerk", clocks, date_is_right=True)

    assert [(d.meeting_id, d.kind) for d in listed] == [
        (JUNE, "transcript"), (JUNE, "findings"), (JUNE, "vectors"), (JULY, "vectors")
    ]  # fmt: skip
    assert done == listed
    assert len(Ledger(sample).all_lines()) == len(before) + 4
    assert Record(sample).read(JUNE).transcripts == ()
    assert hits(sample, "facial") == set()
    (july,) = Record(sample).read(JULY).transcripts
    assert (len(july.vectors), bool(july.findings.findings)) == (0, True)
    assert hits(sample, "fridge") == {JULY}
    assert not any(d.touches for d in retention.due(sample, clocks, day))
    quoting = [d for d in Ledger(sample).all_lines() if d.meeting_id == JUNE and d.words]
    assert quoting == []


def test_findings_cannot_outlive_the_words_they_quote(sample: Path) -> None:
    with pytest.raises(BadInputError, match="MATTERS_RETENTION_FINDINGS_DAYS to 30 or less"):
        retention.due(sample, {"transcript": 30, "findings": 60})


def test_recordings_outside_the_home_are_named_and_left(home: Path, tmp_path: Path) -> None:
    inside, outside = home / "inbox" / "a.wav", tmp_path / "b.wav"
    for meeting_id, path in ((FIRST, inside), (SECOND, outside)):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"RIFF")
        file = home / "record" / meeting_id / "meeting.json"
        told = json.loads(file.read_text())
        told["recordings"][0]["path"] = str(path)
        file.write_text(json.dumps(told))

    listed = retention.due(home, {"audio": 30})
    retention.apply(home, listed, "A. Clerk", {"audio": 30}, date_is_right=True)

    assert [(d.meeting_id, d.outside) for d in listed] == [(FIRST, ()), (SECOND, (str(outside),))]
    assert (inside.exists(), outside.exists()) == (False, True)
    assert str(outside) in listed[1].left


def test_what_is_redacted_must_be_told_in_order(home: Path) -> None:
    with pytest.raises(BadInputError, match="must end after it begins"):
        keeping.redact(home, Stretch(FIRST, 20.0, 10.0), "A. Clerk", "x")
