"""Short meetings of the invented council, as folders: with captions, a second of work each, or
with sound, a stretch of the sample's recordings, which a recogniser really has to hear."""

from __future__ import annotations

import random
import tempfile
import wave
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "aldermere"
COMMITTEES = (
    ("SCSC", "Safer Communities Scrutiny Committee"),
    ("HSC", "Housing Scrutiny Committee"),
    ("ESC", "Environment Scrutiny Committee"),
)
SPEAKERS = ("Councillor Sanjay Malik", "Councillor Joan Fletcher", "Councillor Martin Lambert")
MATTERS = (
    "the lights on the Riverside path", "the damp in the tower flats", "the noise of the night bus",
    "the camera van at the market", "the fly-tipping behind the depot", "the queue at the tip",
    "the crossing by the primary school", "the empty homes on Mill Lane",
)  # fmt: skip
SAYINGS = (
    "I am worried about {matter}, residents raise it with me every week.",
    "Officers will bring a report on {matter} to the next meeting.",
    "I recommend that the cabinet member settles {matter} by the end of the year.",
    "We asked about {matter} in the spring and nothing has been done.",
    "Thank you, that answers my question about {matter}.",
)
FIRST = date(2021, 1, 7)
RATE = 16_000
STRETCH_S, STEP_S = 20, 11  # no two meetings have the same sound


def make(folder: Path, number: int, *, sayings: int = 12, sound: bool = False) -> Path:
    """The meeting of a number, always the same; written aside and renamed, as copies are."""
    code, committee = COMMITTEES[number % len(COMMITTEES)]
    day = FIRST + timedelta(weeks=number)
    made = folder / f".{meeting_id(number)}"
    made.mkdir(parents=True)
    (made / "roster.csv").write_bytes((SAMPLES / "roster.csv").read_bytes())
    if sound:
        write_stretch(made / "recording.wav", number)
    else:
        (made / "captions.vtt").write_text(captions(said(number, sayings)), encoding="utf-8")
    recording = 'file = "recording.wav"' if sound else 'captions = "captions.vtt"'
    (made / "meeting.toml").write_text(
        f'id = "{meeting_id(number)}"\ncouncil = "Aldermere Borough Council"\n'
        f'committee = "{committee}"\n'
        f'committee_code = "{code}"\ndate = {day}\nchair = "Councillor Helen Penrose"\n'
        f'link = "https://webcast.aldermere.example/{number}?t={{start_s}}"\n'
        'roster = "roster.csv"\n\n[[agenda]]\nitem = "1"\ntitle = "Matters arising"\n\n'
        f"[[recordings]]\n{recording}\n",
        encoding="utf-8",
    )
    return made.rename(folder / meeting_id(number))


def write_stretch(path: Path, number: int) -> None:
    """Twenty seconds of the sample's speech, another stretch for each number below eighty."""
    all_of_it = _speech()
    start = number * STEP_S * RATE * 2
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(all_of_it[start : start + STRETCH_S * RATE * 2])


@cache
def _speech() -> bytes:
    """Both recordings of the sample, one after the other, as 16-bit samples."""
    from transcripts.sound import decode

    parts = []
    for recording in sorted(SAMPLES.glob("*/recording.opus")):
        with tempfile.TemporaryDirectory() as aside:
            decode(recording, Path(aside) / "speech.pcm")
            parts.append((Path(aside) / "speech.pcm").read_bytes())
    return b"".join(parts)


def meeting_id(number: int) -> str:
    """The id of the meeting of a number, which its folder has too."""
    code, _ = COMMITTEES[number % len(COMMITTEES)]
    return f"aldermere-{code.lower()}-{FIRST + timedelta(weeks=number)}"


def said(number: int, sayings: int) -> list[tuple[str, str]]:
    """Who says what in the meeting of a number."""
    random_ = random.Random(number)
    return [("Councillor Helen Penrose", f"Welcome to meeting number {number} of the year.")] + [
        (random_.choice(SPEAKERS), random_.choice(SAYINGS).format(matter=random_.choice(MATTERS)))
        for _ in range(sayings)
    ]


def captions(lines: Sequence[tuple[str, str]]) -> str:
    """One cue a line, five seconds each."""
    cues = ["WEBVTT\n"]
    for n, (who, words) in enumerate(lines):
        cues.append(f"{_clock(n * 6)} --> {_clock(n * 6 + 5)}\n<v {who}>{words}</v>\n")
    return "\n".join(cues)


def _clock(seconds: int) -> str:
    return f"00:{seconds // 60:02d}:{seconds % 60:02d}.000"
