"""Backups: consistent while others write, whole or refused, and good for an archive again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flows.backup import OF_DESK, backup, drill, restore, verify
from flows.load import decide, loaded_ids
from matters_arising.errors import BadInputError, NewerSchemaError, StoreError
from matters_arising.web.desk.accounts import Accounts
from matters_arising.web.desk.corrections import Corrections
from tests.flows.support import ROOT, asked, matters
from tests.sample_home import JULY, JUNE
from transcripts.copies import all_copies
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record

# another process that saves run after run of a meeting, each with a decision about it
WRITER = """
import sys, time
from dataclasses import replace
from pathlib import Path
from transcripts.ledger import Decision, Ledger, now
from transcripts.record import Record, finished_findings, finished_transcript
home, meeting = Path(sys.argv[1]), sys.argv[2]
whole = Record(home).read(meeting)
(part,) = whole.transcripts
n = 0
while True:
    n += 1
    title = f"run {n}"
    t = finished_transcript(replace(part.transcript, public_names=(title,)))
    f = finished_findings(replace(part.findings, transcript_version=t.version))
    made = replace(part, transcript=t, findings=f)
    meet = replace(whole.meeting, title=title)
    Record(home).save(replace(whole, meeting=meet, transcripts=(made,)), title)
    Ledger(home).append([Decision("note", title, "A. Clerk", now(), reference="X/1")])
    print(n, flush=True)
    time.sleep(0.3)
"""


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_home, tmp_path / "home"))


def views(home: Path, out: Path) -> dict[str, bytes]:
    done = asked(home, "export", str(out), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    return {p.name: p.read_bytes() for p in out.glob("*.jsonl")}


def test_a_backup_made_while_a_run_writes_is_of_one_moment(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three backups under fire: versions belong together, and no decision is ahead of its run."""

    def slowly(source: Path, target: Path) -> None:
        shutil.copyfile(source, target)
        time.sleep(0.02)

    monkeypatch.setattr("flows.backup.shutil.copy2", slowly)
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(home), JUNE], stdout=subprocess.PIPE, cwd=ROOT, text=True
    ) as writer:
        try:
            assert writer.stdout
            first = writer.stdout.readline()
            for n in range(3):
                writer.stdout.readline()
                writer.stdout.readline()
                backup(home, tmp_path / f"b{n}")
        finally:
            writer.kill()
    told = []
    for n in range(3):
        source = tmp_path / f"b{n}"
        verify(source)
        kept = Record(source).read(JUNE)
        (part,) = kept.transcripts
        assert (kept.meeting.title,) == part.transcript.public_names
        assert Record(source).run_key(JUNE) == kept.meeting.title
        told.append((int(kept.meeting.title.removeprefix("run ")), _last_note(source)))

    assert first == "1\n"
    assert [n for n, _ in told] == sorted({n for n, _ in told}), "the writer went on meanwhile"
    assert all(run <= note + 1 for run, note in told)


def _last_note(home: Path) -> int:
    notes = [d.verdict for d in Ledger(home).all_lines() if d.kind == "note"]
    return int(notes[-1].removeprefix("run ")) if notes else 0


def test_what_was_restored_answers_as_before(home: Path, tmp_path: Path) -> None:
    decide(home, [Decision("withhold", "withheld", "A. Clerk", now(), name="Mark Bennett")])
    (home / "saved-searches.json").write_text('{"searches": []}')
    before = views(home, tmp_path / "before")

    made = matters(home, "backup", str(tmp_path / "b"))
    drilled = matters(home, "restore", str(tmp_path / "b"), "--drill")
    again = tmp_path / "again"
    restored = matters(again, "restore", str(tmp_path / "b"))
    looked = matters(again, "doctor", "--deep")

    assert "2 meetings" in made.stdout, made.stderr
    assert "can be restored" in drilled.stdout, drilled.stderr
    assert restored.returncode == 0, restored.stderr
    assert views(again, tmp_path / "after") == before
    assert (again / "saved-searches.json").exists()
    assert looked.returncode == 0, looked.stdout
    assert "every version is what was written" in looked.stdout
    assert "last backup: the backup of" in looked.stdout
    assert [c.meetings for c in all_copies(home) if c.kind == "backup"] == [(JUNE, JULY)]


def test_a_damaged_backup_is_refused_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    backup(home, tmp_path / "b")
    path = next((tmp_path / "b" / "record" / JULY).glob("transcript-*"))
    path.write_bytes(path.read_bytes().replace(b"fridge", b"bridge"))

    with pytest.raises(StoreError, match=r"1 of \d+ files are not what was written.*changed"):
        restore(tmp_path / "b", tmp_path / "again")
    with pytest.raises(StoreError, match="take another backup"):
        drill(tmp_path / "b")

    assert not (tmp_path / "again").exists()


def test_a_manifest_cannot_write_outside_the_home(home: Path, tmp_path: Path) -> None:
    backup(home, tmp_path / "b")
    manifest = tmp_path / "b" / "manifest.json"
    told = json.loads(manifest.read_text())
    (tmp_path / "escaped").write_text("")
    told["files"]["../escaped"] = next(iter(told["files"].values()))
    manifest.write_text(json.dumps(told))

    with pytest.raises(StoreError, match="outside the backup"):
        restore(tmp_path / "b", tmp_path / "again")


@pytest.mark.parametrize(
    ("change", "fault", "words"),
    [
        ({"format": 99}, NewerSchemaError, "newer version of this program"),
        ({"files": None}, BadInputError, "is no backup that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused(
    home: Path, tmp_path: Path, change: dict[str, object], fault: type[Exception], words: str
) -> None:
    backup(home, tmp_path / "b")
    manifest = tmp_path / "b" / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | change))

    with pytest.raises(fault, match=words):
        restore(tmp_path / "b", tmp_path / "again")


def test_a_backup_goes_into_no_folder_that_is_there_nor_into_the_home(
    home: Path, tmp_path: Path
) -> None:
    backup(home, tmp_path / "b")

    with pytest.raises(BadInputError, match="is there already"):
        backup(home, tmp_path / "b")
    with pytest.raises(BadInputError, match="belongs on another disk"):
        backup(home, home / "b")
    with pytest.raises(BadInputError, match="is not empty"):
        restore(tmp_path / "b", home)


def test_enrolled_voices_leave_the_home_only_when_asked(home: Path, tmp_path: Path) -> None:
    (home / "voices").mkdir(mode=0o700)
    (home / "voices" / "0123.json").write_text("{}")
    (home / "voices" / "0123.json").chmod(0o600)

    without = backup(home, tmp_path / "without")
    with_them = backup(home, tmp_path / "with", voices=True)

    assert (without.voices, with_them.voices) == (0, 1)
    assert not (tmp_path / "without" / "voices").exists()
    kept = tmp_path / "with" / "voices"
    assert (kept.stat().st_mode & 0o777, (kept / "0123.json").stat().st_mode & 0o777) == (
        0o700, 0o600
    )  # fmt: skip


def test_settings_are_told_without_keys(home: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from matters_arising.cli import main; main()", "--home", str(home),
         "backup", str(tmp_path / "b")],
        env={"PATH": "", "MATTERS_READER_KEY": "s3cret-key", "MATTERS_JOBS": "3"},
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    told = (tmp_path / "b" / "manifest.json").read_text()
    assert "s3cret-key" not in told
    assert json.loads(told)["settings"]["jobs"] == "3"


def test_a_damaged_version_is_copied_and_named(home: Path, tmp_path: Path) -> None:
    """Half a backup is better than none, as long as it says so."""
    path = next((home / "record" / JULY).glob("findings-*"))
    path.write_bytes(path.read_bytes() + b" ")

    made = backup(home, tmp_path / "b")

    assert made.damaged == (f"record/{JULY}/{path.name}",)
    assert replace(made, settings={}) == replace(verify(tmp_path / "b"), settings={})


def lost(path: Path) -> None:
    path.unlink()


def unreadable(path: Path) -> None:
    path.unlink()
    path.symlink_to("/proc/self/mem")  # reading it fails as on a disk


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-40])


@pytest.mark.parametrize(
    ("damage", "which"),
    [(lost, "transcript-*"), (unreadable, "findings-*"), (torn, "current.json")],
)
def test_a_backup_of_a_damaged_meeting_says_so_and_gives_the_others(
    home: Path, tmp_path: Path, damage: Callable[[Path], None], which: str
) -> None:
    path = next((home / "record" / JULY).glob(which))
    damage(path)

    made = backup(home, tmp_path / "b")
    restored = restore(tmp_path / "b", tmp_path / "again")

    assert made.damaged == restored.damaged == (f"record/{JULY}/{path.name}",)
    assert loaded_ids(tmp_path / "again") == {JUNE}


def test_the_files_of_the_desk_are_those_that_the_desk_writes(tmp_path: Path) -> None:
    files = (Accounts(tmp_path).file.path, Corrections(tmp_path).file.path)

    assert tuple(p.relative_to(tmp_path).as_posix() for p in files) == OF_DESK


def test_what_people_wrote_beside_the_record_comes_back(home: Path, tmp_path: Path) -> None:
    """The desk's files for their owner alone; the settings beside the live ones, not over them."""
    written = {
        "vocabulary.csv": "short,long",
        "desk/accounts.json": "[]",
        "desk/corrections.json": "[1]",
    }
    (home / "desk").mkdir()
    for name, text in written.items():
        (home / name).write_text(text)
    config = tmp_path / "matters.toml"
    config.write_text("[batches]")

    backup(home, tmp_path / "b", config=config)
    (tmp_path / "b" / "desk" / "accounts.json").chmod(0o644)  # as a store gives it back
    config.write_text("")
    restore(tmp_path / "b", again := tmp_path / "again")

    found = {name: (again / name).read_text() for name in (*written, "matters.toml")}
    assert found == {**written, "matters.toml": "[batches]"}
    assert config.read_text() == ""
    for place in (tmp_path / "b" / "desk", again / "desk"):
        assert place.stat().st_mode & 0o777 == 0o700
    assert {p.stat().st_mode & 0o777 for p in (again / "desk").iterdir()} == {0o600}
