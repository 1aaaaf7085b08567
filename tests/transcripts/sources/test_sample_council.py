"""The practice server of docs/how-to/set-up-a-council.md, fetched from as that guide says."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from matters_arising.cli import main
from transcripts.collect import collect
from transcripts.manifest import read_meeting
from transcripts.minutes_from.document import read_document
from transcripts.sources.landed import read_landed

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "how-to" / "set-up-a-council.md"
PORT = "8765"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder with the guide's matters.toml, and the server it speaks of."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    command = [sys.executable, str(ROOT / "samples" / "council_server.py"), "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        port = server.stdout.readline().strip().rpartition(":")[2]
        (told,) = re.findall(r"```toml\n(contact.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
        assert PORT in told
        text = told.replace(PORT, port).replace("private = true", "private = true\npause_s = 0.0")
        (tmp_path / "matters.toml").write_text(text)
        monkeypatch.chdir(tmp_path)
        yield tmp_path
    finally:
        server.terminate()
        server.wait(10)


def test_the_guide_leads_to_two_meetings_that_can_be_processed(place: Path) -> None:
    run = CliRunner()
    checked = run.invoke(main, ["sources", "check"])
    fetched = run.invoke(main, ["fetch", "--since", "2026-06-01", "--until", "2026-07-31"])

    june, july = (c.meeting for c in collect([place / "inbox"]) if c.meeting)
    sample = read_meeting(ROOT / "samples" / "aldermere" / "2026-06-11" / "meeting.toml")
    assert (checked.exit_code, fetched.exit_code) == (0, 0), fetched.output
    assert "now: matters process inbox" in fetched.output
    assert (june.id, june.agenda, june.chair) == (sample.id, sample.agenda, sample.chair)
    assert {(p.name, p.attendance, p.party, p.ward) for p in june.people} >= {
        (p.name, p.attendance, p.party, p.ward) for p in sample.people if p.attendance
    }
    assert [bool(m.recordings[0].captions) for m in (june, july)] == [False, True]


def test_a_window_without_meetings_is_no_fault(place: Path) -> None:
    """As that of every night is, once the meetings of the samples are long ago."""
    asked = [(f"2026-0{month}-01", f"2026-0{month}-28") for month in (8, 6, 7)]
    runs = [
        CliRunner().invoke(main, ["fetch", "--dry-run", "--since", since, "--until", until])
        for since, until in asked
    ]

    assert [run.exit_code for run in runs] == [0, 0, 0], runs[0].output
    assert [re.findall(r"new +(aldermere-scsc-\S+):", run.output) for run in runs] == [
        [],
        ["aldermere-scsc-2026-06-11"],
        ["aldermere-scsc-2026-07-16"],
    ]


def test_minutes_come_with_it_and_home_details_do_not(place: Path) -> None:
    CliRunner().invoke(main, ["fetch", "--since", "2026-06-01", "--until", "2026-07-31"])

    folder = place / "inbox" / "aldermere" / "aldermere-scsc-2026-06-11"
    (held,) = read_landed(folder).of_kind("minutes")
    paper = read_document((folder / held.name).read_bytes(), held.name)
    written = b"".join(p.read_bytes() for p in place.rglob("*") if p.is_file())
    assert [len(s.paragraphs) for s in paper.sections] == [0, 3, 2, 0]
    assert [w for w in (b"Private Lane", b"01632") if w in written] == []
