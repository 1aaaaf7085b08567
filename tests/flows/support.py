"""Short meetings cut from the sample council, and the command as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx
from click.testing import CliRunner

from matters_arising.cli import main
from tests.flows.migrated import with_a_database

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "samples" / "aldermere" / "2026-06-11"
MATTERS = Path(sys.executable).with_name("matters")
PATIENCE_S = 240.0  # of a machine that other work keeps busy; nothing is timed by it
SERVED = ("process", "inbox")  # commands that start Prefect's server
T = TypeVar("T")


def cut(source: Path, target: Path, start_s: float, end_s: float) -> Path:
    """A stretch of a recording as a WAV file."""
    from transcripts.sound import PcmSound, decode

    pcm = target.with_suffix(".pcm")
    decode(source, pcm)
    samples = (PcmSound(pcm).read(start_s, end_s) * 32767).astype("<i2")
    pcm.unlink()
    with wave.open(str(target), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples.tobytes())
    return target


def make_meeting(folder: Path, name: str, start_s: float, end_s: float) -> Path:
    """A folder with a meeting file, the sample's roster and a stretch of its first recording."""
    folder.mkdir(parents=True)
    cut(SAMPLE / "recording.opus", folder / "recording.wav", start_s, end_s)
    (folder / "roster.csv").write_bytes((SAMPLE.parent / "roster.csv").read_bytes())
    text = (SAMPLE / "meeting.toml").read_text(encoding="utf-8")
    text = text.replace('id = "aldermere-scsc-2026-06-11"', f'id = "{name}"')
    text = text.replace("../roster.csv", "roster.csv").replace("recording.opus", "recording.wav")
    (folder / "meeting.toml").write_text(text, encoding="utf-8")
    return folder


def matters(
    home: Path, *arguments: str, as_it_is: bool = False, **settings: str
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a person would; for its output and exit status.

    ``as_it_is``: nothing is put into the archive before, which may not be there at all.
    ``settings`` are variables of the environment.
    """
    if arguments[0] in SERVED and not as_it_is:
        with_a_database(home)
    return subprocess.run(
        [str(MATTERS), "--home", str(home), *arguments],
        capture_output=True, text=True, check=False, env={**os.environ, **settings},
    )  # fmt: skip


def asked(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The same of a command that starts nothing, in this process, which spares its start."""
    done = CliRunner().invoke(main, ["--home", str(home), *arguments])
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


def until(found: Callable[[], T | None], most_s: float = PATIENCE_S) -> T:
    """What is waited for, once it is there."""
    deadline = time.monotonic() + most_s
    while time.monotonic() < deadline:
        try:
            value = found()
        except httpx.TransportError:
            value = None
        if value:
            return value
        time.sleep(0.2)
    raise AssertionError("what was waited for did not come")
