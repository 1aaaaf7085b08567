"""The whole way, as an operator walks it: real sound, real Prefect runs, real warehouse."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from flows.process_meeting import forget_earlier
from tests.flows.support import MATTERS, asked, make_meeting, matters

pytestmark = pytest.mark.prefect


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory, minute: Path) -> Path:
    """An archive in which the minute was processed beside two files that cannot be."""
    inbox = tmp_path_factory.mktemp("batch")
    shutil.copytree(minute, inbox / "june")
    (inbox / "empty.mp3").touch()
    (inbox / "broken").mkdir()
    (inbox / "broken" / "meeting.toml").write_text('id = "broken"\n')
    home = tmp_path_factory.mktemp("home")
    told = matters(home, "process", str(inbox), "--engine", "sphinx", "--json")
    (home / "told.json").write_text(told.stdout)
    return home


def test_faulty_files_are_named_and_stop_nobody_else(done: Path) -> None:
    """One meeting done, two failures in words."""
    report = json.loads((done / "told.json").read_text())

    outcomes = {Path(m["where"]).name or m["where"]: m for m in report["meetings"]}
    assert (report["done"], report["failed"]) == (1, 2)
    assert "empty" in outcomes["empty.mp3"]["message"]
    assert "does not say 'committee'" in next(
        m["message"] for m in report["meetings"] if "broken" in m["where"]
    )


def test_the_minute_is_searchable_with_a_link_to_the_second(done: Path) -> None:
    """From sound to an answer."""
    told = asked(done, "search", "notice", "deployment", "--mode", "words", "--json")

    answer = json.loads(told.stdout)
    assert answer["hits"]
    assert all(h["link"].startswith("https://webcast.aldermere.example/") for h in answer["hits"])
    assert answer["searched"]["meetings"] == 1


def test_a_second_run_finds_nothing_new_and_does_not_start_prefect(
    done: Path, minute: Path
) -> None:
    """The same files and engines: nothing is done."""
    before = {p.name: p.stat().st_mtime_ns for p in done.rglob("*") if p.is_file()}
    started = time.monotonic()
    told = matters(done, "process", str(minute), "--engine", "sphinx")
    seconds = time.monotonic() - started

    assert "Nothing new" in told.stdout
    assert {p.name: p.stat().st_mtime_ns for p in done.rglob("*") if p.is_file()} == before
    assert seconds < 60  # a server start alone would not fit on a slow machine


def test_nothing_of_the_sound_or_the_voices_is_left_on_disk(done: Path) -> None:
    """Decoded sound is thrown away; vectors that could identify a voice are never written."""
    assert list((done / "work").glob("*.pcm")) == []
    kept = list((done / "cache").rglob("turns-*"))
    assert len(kept) == 1
    assert kept[0].stat().st_size < 20_000  # turns are times and labels, not 256 numbers a window


def test_a_rebuilt_warehouse_has_the_same_views(done: Path, tmp_path: Path) -> None:
    """It is a projection of record and ledger: nothing else goes into it."""
    asked(done, "export", str(tmp_path / "before"), "--format", "jsonl")
    (done / "matters.duckdb").unlink()
    for generation in done.glob("matters-*.duckdb"):
        generation.unlink()
    matters(done, "rebuild")
    asked(done, "export", str(tmp_path / "after"), "--format", "jsonl")

    before = {p.name: p.read_bytes() for p in (tmp_path / "before").glob("*.jsonl")}
    assert before
    assert before == {p.name: p.read_bytes() for p in (tmp_path / "after").glob("*.jsonl")}


def test_a_decision_outlives_a_rebuild(done: Path) -> None:
    """A person says who a voice is; the archive says so from then on, and who said it."""
    voice = json.loads(asked(done, "speakers", "june", "--json").stdout)[0]["voice"]
    matters(done, "decide", "speaker", "june", voice, "Councillor Joan Fletcher",
            "--by", "A. Clerk", "--why", "her voice")  # fmt: skip
    matters(done, "rebuild")

    rows = json.loads(asked(done, "speakers", "june", "--json").stdout)
    row = next(r for r in rows if r["voice"] == voice)
    assert (row["person"], row["decided_by"]) == ("Councillor Joan Fletcher", "A. Clerk")


@pytest.mark.long
def test_killed_at_random_moments_it_completes_and_repeats_nothing(
    tmp_path: Path, minute: Path, done: Path
) -> None:
    """Three kills, then one run to the end; the same as an undisturbed run."""
    home = tmp_path / "home"
    chance = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen(
            [str(MATTERS), "--home", str(home), "process", str(minute), "--engine", "sphinx"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(4, 22))
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    finished = {p.name: p.stat().st_mtime_ns for p in _kept(home)}
    told = matters(home, "process", str(minute), "--engine", "sphinx", "--json")

    report = json.loads(told.stdout)
    assert report["failed"] == 0
    now = {p.name: p.stat().st_mtime_ns for p in _kept(home)}
    assert {name: now[name] for name in finished} == finished
    assert set(now) == {p.name for p in _kept(done)}


def _kept(home: Path) -> list[Path]:
    """Results of stages; what failed is kept by Prefect too, under a name without a stage."""
    folder = home / "cache"
    return [
        p
        for p in folder.rglob("*-*")
        if p.is_file() and not p.name.startswith(".") and p.parent != folder
    ]


@pytest.mark.long
def test_captions_beside_the_sound_repeat_no_recognition(tmp_path: Path, minute: Path) -> None:
    """Both accounts are kept side by side; the captions come first."""
    folder = make_meeting(tmp_path / "july", "july", 205.0, 225.0)
    first = matters(tmp_path / "home", "process", str(folder), "--engine", "sphinx", "--json")
    pieces = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "home/cache").rglob("piece-*")}
    (folder / "c.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:06.000\n>> Seven days notice before each deployment.\n\n"
        "00:07.000 --> 00:12.000\n>> Are we agreed? Agreed.\n"
    )
    text = (folder / "meeting.toml").read_text()
    (folder / "meeting.toml").write_text(
        text.replace('file = "recording.wav"', 'file = "recording.wav"\ncaptions = "c.vtt"')
    )
    second = matters(tmp_path / "home", "process", str(folder), "--engine", "sphinx", "--json")

    assert json.loads(first.stdout)["done"] == json.loads(second.stdout)["done"] == 1
    after = {p.name: p.stat().st_mtime_ns for p in (tmp_path / "home/cache").rglob("piece-*")}
    assert after == pieces
    transcripts = sorted((tmp_path / "home/record/july").glob("transcript-*.json"))
    sources = {json.loads(p.read_text())["source"] for p in transcripts}
    assert sources == {"speech", "captions"}


CLOSED_SESSION = """WEBVTT

00:01.000 --> 00:06.000
>> Can I ask members to agree to exclude the press and public for item nine? Agreed.
It is nine thousand guineas.

00:07.000 --> 00:12.000
>> The price of the contract is nine thousand guineas.

00:13.000 --> 00:18.000
>> We are back in public session. Item ten.
"""


def test_nothing_said_in_a_closed_session_is_anywhere_on_disk(tmp_path: Path) -> None:
    """Not in the record, not in the warehouse, not in a kept result, not in Prefect's database."""
    (tmp_path / "2026-06-11.vtt").write_text(CLOSED_SESSION)
    told = matters(tmp_path / "home", "process", str(tmp_path / "2026-06-11.vtt"), "--json")

    held = [p for p in (tmp_path / "home").rglob("*") if p.is_file()]
    assert json.loads(told.stdout)["done"] == 1
    assert any(b"public session" in p.read_bytes() for p in held)
    assert [p.name for p in held if b"guineas" in p.read_bytes()] == []


def test_what_was_kept_of_a_transcript_that_was_cut_less_well_goes(tmp_path: Path) -> None:
    """And all that stands on its words; what the sound alone told stays."""
    folder = tmp_path / "cache" / "aa"
    folder.mkdir(parents=True)
    for name in ("transcript-1", "transcript-2", "findings-1", "vectors-1", "read-1", "turns-1"):
        (folder / name).touch()

    forget_earlier(tmp_path, "aa/transcript-2")
    forget_earlier(tmp_path, "aa/transcript-2")

    assert sorted(p.name for p in folder.iterdir()) == ["transcript-2", "turns-1"]
